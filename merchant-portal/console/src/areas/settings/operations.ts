// The operations that the audit log names, in words; operations.test.ts finds what is missing.
import { useTranslation } from 'react-i18next';

export const operations = ['signIn', 'signInFailed', 'registerProduct', 'registerBatch', 'listUnits', 'printLabels', 'getJobFile', 'importFile',
  'ship', 'receive', 'sell', 'takeBack', 'decommission', 'pack', 'unpack', 'transform', 'holdBatch', 'releaseBatch', 'recall', 'closeRecall', 'inspect',
  'answerComplaint', 'admitComplaint', 'decideComplaint', 'decideAlert', 'reviewApplication', 'apply', 'uploadDocument', 'getDocument', 'setPartyStatus',
  'invite', 'setDuty', 'removePerson', 'letBackIn', 'createKey', 'revokeKey', 'setPassword', 'confirm', 'confirmTotp', 'removeTotp', 'addPasskey',
  'removePasskey', 'signOut',
  'startTotp', 'startPasskey', 'linkSso', 'unlinkSso', 'withdrawInvitation', 'endSessions', 'endSession', 'approveBatch', 'saveView',
  'deleteView', 'saveLabelDesign', 'deleteLabelDesign', 'saveLabelPrinter', 'deleteLabelPrinter', 'uploadLogo',
  'printTestSheet', 'cancelJob', 'repeatJob', 'closeShipment', 'cancelShipment', 'amendReceipt', 'answerAmendment', 'correctProduct', 'correctBatch',
  'decideCorrection', 'voidUnits', 'undo', 'openCase', 'answerCase', 'decideCase', 'withdrawCase', 'setCustodyTerms',
  'acknowledgeRecall', 'registerStandard', 'resumeInspection', 'appealComplaint', 'setComplaintTerms', 'closeReportedCode',
  'answerReview', 'uploadPicture', 'setPresentation', 'forgetPresentation', 'publishPresentation', 'hidePresentation', 'setBuyLinks', 'createBadge',
  'revokeBadge', 'createCreator', 'revokeCreator', 'withdrawEndorsement', 'hideEndorsement', 'mendImport', 'registerImport',
  'registerApplicant', 'scheduleChecks', 'recordCheck', 'closeAction', 'readNotice', 'addWebhook', 'tryWebhook', 'deleteWebhook', 'replayDelivery',
  'registerParty', 'updateParty', 'createAccount', 'revokeAccount'] as const;

type Known = (typeof operations)[number];

export function useOperation(): (operation: string) => string {
  const { t } = useTranslation('settings');
  return (operation) => ((operations as readonly string[]).includes(operation) ? t(`operation.${operation as Known}`) : operation);
}
