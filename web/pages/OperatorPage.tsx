import { useSession } from '../api/session.ts';
import { Gate } from '../components/Gate.tsx';
import { PageHeading } from '../components/PageHeading.tsx';
import { Segments } from '../components/Segments.tsx';
import { navigate, useAddress } from '../router/location.ts';
import { useToday } from '../search/useToday.ts';
import { asEpochDay, formatDate } from '../../src/units/time.ts';
import { operatorWords } from '../words/operator.ts';
import { siteWords } from '../words/site.ts';
import { NotFound } from './NotFound.tsx';
import { Demand } from './operator/Demand.tsx';
import { FunnelFigures } from './operator/FunnelFigures.tsx';
import { Health } from './operator/Health.tsx';
import { Log } from './operator/Log.tsx';
import { Networks } from './operator/Networks.tsx';

const periods = ['7', '30', '90'] as const;

/** For administrators only; for everybody else there is no such page. */
export function Page() {
  const user = useSession();
  if (user && !user.admin) return <NotFound />;
  return (
    <>
      <PageHeading>{siteWords.operator}</PageHeading>
      <Gate>
        <Dashboard />
      </Gate>
    </>
  );
}

function Dashboard() {
  const today = useToday();
  const asked = new URLSearchParams(useAddress().search).get('days');
  const period = periods.find((one) => one === asked) ?? '30';
  const days = { since: formatDate(asEpochDay(today - Number(period) + 1)), until: formatDate(today) };
  return (
    <>
      <Segments
        legend={operatorWords.period}
        name="days"
        value={period}
        choices={periods.map((value) => ({ value, text: operatorWords.lastDays(Number(value)) }))}
        onChange={(value) => navigate(`/operator?days=${value}`, { replace: true, keepScroll: true })}
      />
      <FunnelFigures days={days} />
      <Demand days={days} />
      <Networks />
      <Health />
      <Log />
    </>
  );
}
