import type { FormInstance } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { language } from '@/app/language';
import { asProblem, type Problem } from '@/api/problem';
import { Button } from '@/plain/Button';
import { Notice } from '@/plain/Notice';

// sentence writes what the gateway says of a refusal, a part of a sentence in English, as a whole one.
const sentence = (detail: string) => (/^[a-z]+ /.test(detail) ? `${detail[0]!.toUpperCase()}${detail.slice(1)}${/[.?!:]$/.test(detail) ? '' : '.'}` : detail);

// useSay puts a problem into words: what happened and what to do.
export function useSay(): (error: unknown) => { title: string; detail: string } {
  const { t } = useTranslation();
  return (error) => {
    const p = asProblem(error);
    const silent = p.status === 0 || (p.status >= 500 && !p.titles.en && !p.detail); // nobody, or something in between, has answered
    if (silent) return { title: t('problem.noAnswer'), detail: t('problem.noAnswerWhy') };
    return { title: p.titles[language()] || p.titles['zh-CN'] || t('problem.failed'), detail: sentence(p.detail) };
  };
}

// FollowedUp leads to the case that a refusal has become.
export function FollowedUp({ id }: { id?: string }) {
  const { t } = useTranslation();
  return id ? <Link to={`/custody/cases/${encodeURIComponent(id)}`}>{t('problem.case')}</Link> : null;
}

// ProblemNote stands above what it is about and offers to try again where that can help.
export function ProblemNote({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const say = useSay();
  if (!error) return null;
  const p = asProblem(error);
  const { title, detail } = say(p);
  return (
    <Notice tone="bad" title={title} action={retry && p.again ? <Button size="small" onClick={retry}>{t('retry')}</Button> : undefined}>
      {detail} <FollowedUp id={p.case} />
      {p.requestId && p.status >= 500 && <div className="id quiet">{t('problem.request', { id: p.requestId })}</div>}
    </Notice>
  );
}

// fieldPath turns the gateway's spelling of a field ("lines[0].lot", "name.zh-CN") into a form's.
export function fieldPath(field: string): (string | number)[] {
  return field.replace(/^body\./, '').split(/[.[\]]+/).filter(Boolean).map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

// showAtField puts a problem at the field it names and tells whether the form has such a field.
export function showAtField(form: FormInstance, problem: Problem, text: string): boolean {
  if (!problem.field) return false;
  const path = fieldPath(problem.field);
  for (let length = path.length; length > 0; length--) {
    const name = path.slice(0, length);
    if (!form.getFieldInstance(name as never)) continue;
    form.setFields([{ name: name as never, errors: [text] }]);
    form.scrollToField(name as never, { focus: true });
    return true;
  }
  return false;
}
