package proof

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// Titles say what each check shows where it passes.
var Titles = map[Check]trace.Text{
	CheckBundle:      {ZhCN: "证明文件完整，说的就是这枚编码", En: "The proof is complete and about this very code"},
	CheckBlock:       {ZhCN: "登记交易在账本的区块里，一字未改", En: "The registration is in a block of the ledger, unaltered"},
	CheckOrdering:    {ZhCN: "排序服务签署了这个区块", En: "The ordering service signed that block"},
	CheckTransaction: {ZhCN: "交易属于这个账本和合约，并记为有效", En: "It belongs to this ledger and contract, and is marked valid"},
	CheckSubmitter:   {ZhCN: "登记批次的机构亲自签了名", En: "The organisation that registered the lot signed for it"},
	CheckProposal:    {ZhCN: "背书的正是这次登记", En: "What was endorsed is this very registration"},
	CheckEndorsement: {ZhCN: "足够多的独立机构为它背书", En: "Enough separate organisations endorsed it"},
	CheckRecord:      {ZhCN: "它写下了这个批次、数量和编码总摘要", En: "It wrote this lot, its quantity and the digest of all its codes"},
	CheckUnit:        {ZhCN: "这枚编码就在其中", En: "This code is among them"},
}

// Proved is what a whole proof says, and Means what it does not say.
var (
	Proved = trace.Text{ZhCN: "已证明：这枚编码属于账本上登记的批次，登记由上述机构签名。",
		En: "Proved: this code belongs to a lot that is registered on the ledger, and the organisations above signed for it."}
	Means = trace.Text{ZhCN: "这说明编码确实发出过；手中的商品是不是当初贴这枚编码的那一件，还要看防伪码（标签上有涂层的）和查询记录。",
		En: "This shows that the code was issued. Whether the item in hand is the one it was issued for, the PIN and the history of checks must say."}
)
