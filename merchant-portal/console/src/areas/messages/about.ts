import type { Schemas } from '@/api/client';

type Notice = Schemas['Notice'];

const text = (value: unknown) => (typeof value === 'string' ? value : '');

// aboutOf names what a notice is about: a lot where it has one, else its subject.
export function aboutOf(n: Notice): string {
  const lot = text(n.detail.lot);
  return lot ? `${text(n.detail.gtin)} ${lot}`.trim() : n.subject;
}

// pathOf is the page of what a notice is about; none where it is about the party itself as it was then.
export function pathOf(n: Notice): string | undefined {
  const id = encodeURIComponent(n.subject);
  switch (n.kind) {
    case 'recall': return `/quality/recalls/${id}`;
    case 'complaint': return `/quality/complaints/${id}`;
    case 'shipment': case 'receipt': return `/custody/shipments/${id}`;
    case 'inspection': return text(n.detail.gtin) ? `/batches/${text(n.detail.gtin)}/${encodeURIComponent(text(n.detail.lot))}` : undefined;
    case 'licence_expiring': case 'alert': case 'standing': return '/application';
    case 'clone': return `/platform/alerts/${id}`;
    case 'report': return `/platform/reports/${id}`;
    case 'case': return `/custody/cases/${id}`;
    case 'correction': return text(n.detail.gtin) ? `/batches/${text(n.detail.gtin)}/${encodeURIComponent(text(n.detail.lot))}` : undefined;
  }
}
