import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { type Role, useCan } from '@/app/session';
import './subnav.css';

const groups = {
  parties: [['/platform/applications', 'nav.applications', 'listApplications'], ['/platform/parties', 'nav.standings', 'listStandings'], ['/platform/calendar', 'nav.calendar', 'listStandings']],
  watch: [['/platform/watch', 'nav.alerts', 'listAlerts'], ['/platform/complaints', 'nav.complaints', 'listComplaints'], ['/platform/reports', 'nav.reports', 'listReportedCodes'], ['/custody/cases', 'nav.cases', 'listCases'],
    ['/platform/corrections', 'nav.corrections', 'decideCorrection']],
} as const;

// watches tells who has no goods in hand and comes to a page of everybody's from the desk of supervision.
export const watches = (role: Role): boolean => role === 'platform' || role === 'auditor';

// SubNav leads between the pages of one desk.
export function SubNav({ of }: { of: keyof typeof groups }) {
  const { t } = useTranslation('platform');
  const can = useCan();
  const at = useLocation().pathname.replace(/^\/platform\/alerts\//, '/platform/watch/'); // where the list of what is looked at is
  return (
    <nav aria-label={t(`nav.${of}`)} className="subnav no-print">
      {groups[of].filter(([, , operation]) => can(operation)).map(([to, text]) => <Link key={to} to={to} aria-current={at === to || at.startsWith(`${to}/`) ? 'page' : undefined}>{t(text)}</Link>)}
    </nav>
  );
}
