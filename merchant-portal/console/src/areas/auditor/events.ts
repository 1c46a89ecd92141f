import { useTranslation } from 'react-i18next';

// The events that the ledger tells of goods; a new one is shown by its own name until it has words here.
const known = ['batch_registered', 'batch_approved', 'dispatched', 'received', 'sold', 'returned', 'decommissioned', 'recalled', 'recall_closed', 'transformed',
  'packed', 'unpacked', 'inspected', 'held', 'released', 'unit_activated', 'unit_passed_on', 'unit_reported_stolen', 'unit_flagged'] as const;

export function useEventName(): (type: string) => string {
  const { t } = useTranslation('auditor');
  return (type) => {
    const event = known.find((k) => k === type);
    return event ? t(`event.${event}`) : type;
  };
}
