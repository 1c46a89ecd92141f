import type { Schemas } from '@/api/client';
import { pathOf as pathOfNotice } from '@/areas/messages/about';

type Task = Schemas['Task'];

// pathOf is where a task is done.
export function pathOf(task: Task): string {
  const id = encodeURIComponent(task.subject);
  const lot = `${task.gtin}/${encodeURIComponent(task.lot ?? '')}`;
  switch (task.kind) {
    case 'recall_acknowledge': case 'recall_open': return `/quality/recalls/${id}`;
    case 'complaint_answer': case 'complaint_appeal': return `/quality/complaints/${id}`;
    case 'complaint_decide': return `/platform/complaints/${id}`;
    case 'alert': return `/platform/alerts/${id}`;
    case 'application': return `/platform/applications/${id}`;
    case 'report': return `/platform/reports/${id}`;
    case 'lapse': case 'ending': case 'action': return '/application';
    case 'approval': case 'correction': return `/batches/${lot}`;
    case 'inspection': return `/quality/inspections/${lot}`;
    case 'receive': case 'under_way': case 'amendment': return `/custody/shipments/${id}`;
    case 'case_answer': case 'case_decide': return `/custody/cases/${id}`;
    case 'job': return task.detail?.startsWith('label') ? `/labels?job=${id}` : `/imports/${id}`;
    case 'message': return (task.notice && pathOfNotice(task.notice)) ?? '/messages';
  }
}

// restOf is the list of everything of a kind.
export function restOf(kind: Task['kind']): string {
  switch (kind) {
    case 'recall_acknowledge': case 'recall_open': return '/quality/recalls?open=true';
    case 'complaint_answer': return '/quality/complaints?status=open';
    case 'complaint_appeal': return '/quality/complaints?status=decided';
    case 'complaint_decide': return '/platform/complaints';
    case 'alert': return '/platform/watch';
    case 'application': return '/platform/applications';
    case 'report': return '/platform/reports';
    case 'lapse': case 'ending': case 'action': return '/application';
    case 'approval': return '/batches?status=awaiting_approval';
    case 'correction': return '/platform/corrections';
    case 'inspection': return '/quality/inspections';
    case 'receive': case 'under_way': case 'amendment': return '/custody';
    case 'case_answer': case 'case_decide': return '/custody/cases?open=true';
    case 'job': return '/labels';
    case 'message': return '/messages?unread=true';
  }
}
