// The operations that the audit log names most, in words. Others stand by their operationId.
import { useTranslation } from 'react-i18next';

export const operations = ['signIn', 'signInFailed', 'registerProduct', 'registerBatch', 'listUnits', 'printLabels', 'getJobFile', 'importFile',
  'ship', 'receive', 'sell', 'takeBack', 'decommission', 'pack', 'unpack', 'transform', 'holdBatch', 'releaseBatch', 'recall', 'closeRecall', 'inspect',
  'answerComplaint', 'decideComplaint', 'decideAlert', 'reviewApplication', 'apply', 'uploadDocument', 'getDocument', 'setPartyStatus',
  'invite', 'setDuty', 'removePerson', 'letBackIn', 'createKey', 'revokeKey', 'setPassword', 'confirm', 'confirmTotp', 'removeTotp', 'addPasskey',
  'removePasskey', 'signOut'] as const;

type Known = (typeof operations)[number];

export function useOperation(): (operation: string) => string {
  const { t } = useTranslation('settings');
  return (operation) => ((operations as readonly string[]).includes(operation) ? t(`operation.${operation as Known}`) : operation);
}
