package proof

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// Reason says why a check failed. It is stable; what it says to people is in Reasons. As an error it speaks English.
type Reason string

// Error says what is wrong.
func (r Reason) Error() string { return Reasons[r].En }

// The reasons.
const (
	ReasonNotABundle            Reason = "NOT_A_BUNDLE"
	ReasonNotCanonical          Reason = "NOT_CANONICAL"
	ReasonUnknownVersion        Reason = "UNKNOWN_VERSION"
	ReasonOtherUnit             Reason = "OTHER_UNIT"
	ReasonDataHashWrong         Reason = "DATA_HASH_WRONG"
	ReasonNoSuchPosition        Reason = "NO_SUCH_POSITION"
	ReasonUnreadable            Reason = "UNREADABLE"
	ReasonOrdererTwice          Reason = "ORDERER_TWICE"
	ReasonTooFewOrderers        Reason = "TOO_FEW_ORDERERS"
	ReasonNotAConsenter         Reason = "NOT_A_CONSENTER"
	ReasonSignerUnnamed         Reason = "SIGNER_UNNAMED"
	ReasonNotOrdering           Reason = "NOT_ORDERING"
	ReasonManyActions           Reason = "NOT_ONE_ACTION"
	ReasonActionSigner          Reason = "ACTION_SIGNER"
	ReasonNotContract           Reason = "NOT_A_CONTRACT_CALL"
	ReasonOtherChannel          Reason = "OTHER_CHANNEL"
	ReasonOtherContract         Reason = "OTHER_CONTRACT"
	ReasonTxIDWrong             Reason = "TX_ID_WRONG"
	ReasonFromFuture            Reason = "FROM_THE_FUTURE"
	ReasonNotValid              Reason = "NOT_VALID"
	ReasonOtherRequest          Reason = "OTHER_REQUEST"
	ReasonTooFewEndorsers       Reason = "TOO_FEW_ENDORSERS"
	ReasonContractRefused       Reason = "CONTRACT_REFUSED"
	ReasonEventUnreadable       Reason = "EVENT_UNREADABLE"
	ReasonNotRegistration       Reason = "NOT_A_REGISTRATION"
	ReasonEventDiffers          Reason = "EVENT_DIFFERS"
	ReasonOtherBatch            Reason = "OTHER_BATCH"
	ReasonOtherQuantity         Reason = "OTHER_QUANTITY"
	ReasonWritesUnreadable      Reason = "WRITES_UNREADABLE"
	ReasonBatchNotWritten       Reason = "BATCH_NOT_WRITTEN"
	ReasonRootMalformed         Reason = "ROOT_MALFORMED"
	ReasonNotUnderRoot          Reason = "NOT_UNDER_ROOT"
	ReasonIdentityUnreadable    Reason = "IDENTITY_UNREADABLE"
	ReasonCertificateUnreadable Reason = "CERTIFICATE_UNREADABLE"
	ReasonOrganisationUnknown   Reason = "ORGANISATION_UNKNOWN"
	ReasonKeyUnsupported        Reason = "KEY_UNSUPPORTED"
	ReasonNotIssued             Reason = "NOT_ISSUED_BY_ORGANISATION"
	ReasonCertificateTime       Reason = "CERTIFICATE_TIME"
	ReasonIssuerTime            Reason = "ISSUER_TIME"
	ReasonRevoked               Reason = "REVOKED"
	ReasonNotForSigning         Reason = "NOT_FOR_SIGNING"
	ReasonWrongRole             Reason = "WRONG_ROLE"
	ReasonSignatureMalformed    Reason = "SIGNATURE_MALFORMED"
	ReasonSignatureForm         Reason = "SIGNATURE_FORM"
	ReasonSignatureWrong        Reason = "SIGNATURE_WRONG"
)

// Reasons are what the reasons say, for people.
var Reasons = map[Reason]trace.Text{
	ReasonNotABundle:            {ZhCN: "这不是一份证明文件", En: "this is not a proof bundle"},
	ReasonNotCanonical:          {ZhCN: "写法与证明文件的格式不符：字段名、次序或编码有出入", En: "it is not written as bundles are: a name, an order of fields or an encoding differs"},
	ReasonUnknownVersion:        {ZhCN: "不认识这个版本的格式", En: "this version of the format is not known"},
	ReasonOtherUnit:             {ZhCN: "证明的是另一件商品", En: "the bundle is about another unit"},
	ReasonDataHashWrong:         {ZhCN: "区块里的交易与区块头记载的摘要不符", En: "the transactions do not hash to the data hash in the block's header"},
	ReasonNoSuchPosition:        {ZhCN: "区块里没有这个位置的交易", En: "the block has no transaction at this position"},
	ReasonUnreadable:            {ZhCN: "交易内容无法读取", En: "the transaction cannot be read"},
	ReasonOrdererTwice:          {ZhCN: "同一排序节点的签名重复出现", En: "an orderer's signature is there twice"},
	ReasonTooFewOrderers:        {ZhCN: "在区块上签名的排序节点不够", En: "too few orderers signed the block"},
	ReasonNotAConsenter:         {ZhCN: "签名者不在排序节点名单里", En: "a signature does not name one of the consenters"},
	ReasonSignerUnnamed:         {ZhCN: "签名没有注明签名者", En: "a signature does not name its signer"},
	ReasonNotOrdering:           {ZhCN: "签署区块的机构不负责排序", En: "the block is signed by an organisation that does not order"},
	ReasonManyActions:           {ZhCN: "交易不是恰好一项操作", En: "the transaction does not have exactly one action"},
	ReasonActionSigner:          {ZhCN: "操作的签名者与交易的签名者不同", En: "the action's signer is not the transaction's"},
	ReasonNotContract:           {ZhCN: "这不是合约的交易", En: "it is not a contract's transaction"},
	ReasonOtherChannel:          {ZhCN: "交易属于另一个账本通道", En: "the transaction is of another channel"},
	ReasonOtherContract:         {ZhCN: "交易属于另一份合约", En: "the transaction is of another contract"},
	ReasonTxIDWrong:             {ZhCN: "交易号与签名者和随机数不符", En: "the transaction's id is not that of its signer and nonce"},
	ReasonFromFuture:            {ZhCN: "交易时间晚于现在", En: "the transaction is dated in the future"},
	ReasonNotValid:              {ZhCN: "账本没有把这笔交易记为有效", En: "the peer did not mark the transaction as valid"},
	ReasonOtherRequest:          {ZhCN: "背书的结果对应另一个请求", En: "what was endorsed answers another request"},
	ReasonTooFewEndorsers:       {ZhCN: "为交易背书的机构不够", En: "too few organisations endorsed the transaction"},
	ReasonContractRefused:       {ZhCN: "合约拒绝了这笔交易", En: "the contract refused the transaction"},
	ReasonEventUnreadable:       {ZhCN: "交易的事件无法读取", En: "the transaction's event cannot be read"},
	ReasonNotRegistration:       {ZhCN: "交易的事件不是批次登记", En: "the transaction's event is not that of a registration"},
	ReasonEventDiffers:          {ZhCN: "交易的事件与写入的内容不一致", En: "the transaction's event says something else than it wrote"},
	ReasonOtherBatch:            {ZhCN: "交易登记的是另一个批次", En: "the transaction is about another batch"},
	ReasonOtherQuantity:         {ZhCN: "批次的数量不符", En: "the batch has another quantity"},
	ReasonWritesUnreadable:      {ZhCN: "交易写入的内容无法读取", En: "the transaction's writes cannot be read"},
	ReasonBatchNotWritten:       {ZhCN: "交易没有写入这件商品的批次", En: "the transaction does not write the unit's batch"},
	ReasonRootMalformed:         {ZhCN: "批次的根不是一个摘要值", En: "the batch's root is not a hash"},
	ReasonNotUnderRoot:          {ZhCN: "这枚编码与路径推不出批次的根", En: "the unit's code and path do not lead to the batch's root"},
	ReasonIdentityUnreadable:    {ZhCN: "签名者的身份无法读取", En: "the signer's identity cannot be read"},
	ReasonCertificateUnreadable: {ZhCN: "签名者的证书无法读取", En: "the signer's certificate cannot be read"},
	ReasonOrganisationUnknown:   {ZhCN: "签名者的机构不在信任名单里", En: "the signer's organisation is not among those that are trusted"},
	ReasonKeyUnsupported:        {ZhCN: "签名者的密钥不是 P-256 上的 ECDSA 密钥", En: "the signer's key is not an ECDSA key on P-256"},
	ReasonNotIssued:             {ZhCN: "签名者的证书不是其机构签发的", En: "the signer's certificate was not issued by its organisation"},
	ReasonCertificateTime:       {ZhCN: "交易当时签名者的证书不在有效期内", En: "the signer's certificate was not valid at the time of the transaction"},
	ReasonIssuerTime:            {ZhCN: "交易当时签发机构的证书不在有效期内", En: "the issuer's certificate was not valid at the time of the transaction"},
	ReasonRevoked:               {ZhCN: "签名者的证书已被吊销", En: "the signer's certificate is revoked"},
	ReasonNotForSigning:         {ZhCN: "签名者的证书不能用来签署交易", En: "the signer's certificate is not one for signing transactions"},
	ReasonWrongRole:             {ZhCN: "签名者的证书没有这项职责", En: "the signer's certificate is not for this role"},
	ReasonSignatureMalformed:    {ZhCN: "签名的写法不符合 ECDSA 的规定", En: "a signature is not written as ECDSA signatures are"},
	ReasonSignatureForm:         {ZhCN: "签名不是唯一认可的形式", En: "a signature is not in its one admitted form"},
	ReasonSignatureWrong:        {ZhCN: "签名与所签的内容不符", En: "a signature does not match what it is said to sign"},
}
