import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { ProblemNote } from '@/ui/Problem';
import { Deadline } from '@/ui/Time';

// Invitations lists what is open. A link that is lost is withdrawn and made anew: it is shown once.
export function Invitations({ invitations }: { invitations: Schemas['Invitation'][] }) {
  const { t } = useTranslation('settings');
  const queries = useQueryClient();
  const withdraw = useMutation({
    mutationFn: (invitation: string) => answer(api.DELETE('/api/v1/team/invitations/{invitation}', { params: { path: { invitation } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['team'] }),
  });
  return (
    <>
      <ProblemNote error={withdraw.error} />
      <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {invitations.map((i) => (
          <li key={i.id} style={{ padding: '8px 0', borderBottom: '1px solid var(--hairline)' }}>
            <Flex justify="space-between" align="center" wrap gap={8}>
              <span>{i.name} <span className="quiet">{i.account ? t('wayBack') : t(`duty.${i.duty}`)}</span></span>
              <Flex gap={8} align="center"><span className="quiet">{t('expires')} <Deadline at={i.expiresAt} /></span>
                <Button type="text" onClick={() => withdraw.mutate(i.id)}>{t('withdraw')}</Button></Flex>
            </Flex>
          </li>
        ))}
      </ul>
    </>
  );
}
