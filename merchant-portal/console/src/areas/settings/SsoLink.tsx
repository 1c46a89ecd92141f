import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';
import { waysQuery } from '@/areas/signin/SignInForm';
import { Section } from '@/ui/Page';
import { ProblemNote } from '@/ui/Problem';
import { StatusTag } from '@/ui/StatusTag';
import { useConfirmed } from './useConfirmed';

// SsoLink links the person to his account at the identity provider; nothing is shown where there is none.
export function SsoLink({ linked }: { linked: boolean }) {
  const { t } = useTranslation('settings');
  const queries = useQueryClient();
  const ways = useQuery(waysQuery);
  const { guard, question } = useConfirmed();
  const leave = guard((_: void) => answer(api.POST('/api/v1/me/sso')));
  const stay = guard((_: void) => answer(api.DELETE('/api/v1/me/sso')));
  const link = useMutation({ mutationFn: leave, onSuccess: ({ url }) => window.location.assign(url) });
  const unlink = useMutation({ mutationFn: stay, onSuccess: () => queries.invalidateQueries({ queryKey: ['security'] }) });
  if (!ways.data?.sso) return null;
  return (
    <Section title={t('sso', { name: ways.data.sso })}>
      <ProblemNote error={link.error ?? unlink.error} />
      <Flex gap={16} align="center" wrap>
        <StatusTag tone={linked ? 'good' : 'none'}>{linked ? t('ssoLinked') : t('ssoNot')}</StatusTag>
        {linked
          ? <Button loading={unlink.isPending} onClick={() => unlink.mutate()}>{t('ssoUnlink')}</Button>
          : <Button loading={link.isPending} onClick={() => link.mutate()}>{t('ssoLink')}</Button>}
      </Flex>
      {question}
    </Section>
  );
}
