import { PageHeading } from '../components/PageHeading.tsx';
import { siteWords } from '../words/site.ts';

/** What is shown in place of a page that cannot be loaded. */
export function Page() {
  return (
    <>
      <PageHeading>{siteWords.offlinePage.title}</PageHeading>
      <p className="mb-4">{siteWords.offlinePage.text}</p>
      <button type="button" className="button primary" onClick={() => location.reload()}>
        {siteWords.problem.retry}
      </button>
    </>
  );
}
