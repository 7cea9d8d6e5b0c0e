import { useAge } from '../offline/kept.ts';
import { formatDate } from '../../src/units/time.ts';
import { clockNow, dayName, today } from '../words/say.ts';
import { offlineWords } from '../words/offline.ts';
import { Icon } from './Icon.tsx';

/** Says since when what is shown may be another by now, where it comes from this browser. */
export function KeptNote({ name }: { readonly name: string }) {
  const at = useAge(name);
  if (at === null) return null;
  const instant = new Date(at).toISOString();
  return (
    <p className="mb-4 flex items-start gap-2 text-sm">
      <Icon name="cloud" size={18} />
      {offlineWords.asOf(dayName(formatDate(today(at))), clockNow(instant))}
    </p>
  );
}
