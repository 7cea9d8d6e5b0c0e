import { PageHeading } from '../components/PageHeading.tsx';
import { siteWords } from '../words/site.ts';

export function NotFound() {
  return (
    <>
      <PageHeading>{siteWords.notFound.title}</PageHeading>
      <p className="mb-4">{siteWords.notFound.text}</p>
      <a className="button primary" href="/">
        {siteWords.home}
      </a>
    </>
  );
}
