package api

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// scope says whose data a route shows or changes to those who may call it.
type scope string

// The scopes. What is out of a caller's scope does not exist for it: it gets
// the same 404 as for something that was never made. Writes act as the caller's
// own party and are held to the ledger's rules.
const (
	itself   scope = "the caller"
	public   scope = "everybody's"
	own      scope = "the caller's party's"
	involved scope = "batches the caller's party made or had in hand; everybody's for platform and auditor"
	partner  scope = "what the caller's party sent or was sent; everybody's for platform and auditor"
	oneself  scope = "the caller's own party; everybody's for platform and auditor"
	anyone   scope = "any party's"
)

// access is one line of the table: who may call a route, whose data it is
// about, how large a request may be (0: the usual size), and how many of these
// calls run at a time because each is costly (0: any number).
type access struct {
	roles   []trace.Role
	data    scope
	maxBody int64
	atOnce  int
}

// Groups of roles.
var (
	everyone   = trace.Roles
	platform   = []trace.Role{trace.RolePlatform}
	supervisor = []trace.Role{trace.RolePlatform, trace.RoleAuditor}
	producers  = []trace.Role{trace.RoleProducer}
)

// Sizes of requests.
const (
	usualBody  = 1 << 20
	importBody = 20<<20 + 64<<10 // a file of 20 MiB and what multipart adds
)

// policies is the one table of who may call what, by operation of openapi.yaml.
// What writes is open to the roles that the ledger lets do it.
var policies = map[string]access{
	"getMe": {everyone, itself, 0, 0},

	"listProducts":    {everyone, public, 0, 0},
	"getProduct":      {everyone, public, 0, 0},
	"registerProduct": {writers(trace.RegisterProduct), own, 0, 0},

	"listBatches":   {everyone, involved, 0, 0},
	"getBatch":      {everyone, involved, 0, 0},
	"registerBatch": {writers(trace.RegisterBatch), own, 0, 0},
	"approveBatch":  {writers(trace.ApproveBatch), anyone, 0, 0},
	"listUnits":     {producers, own, 0, 0},
	"printLabels":   {producers, own, 0, 4},

	"listShipments": {everyone, partner, 0, 0},
	"getShipment":   {everyone, partner, 0, 0},
	"ship":          {writers(trace.Dispatch), own, 0, 0},
	"receive":       {writers(trace.Receive), own, 0, 0},
	"sell":          {writers(trace.Sell), own, 0, 0},
	"takeBack":      {writers(trace.Return), own, 0, 0},
	"decommission":  {writers(trace.Decommission), own, 0, 0},

	"listRecalls": {everyone, public, 0, 0},
	"recall":      {writers(trace.StartRecall), own, 0, 0},
	"closeRecall": {writers(trace.CloseRecall), own, 0, 0},

	"traceBatch":     {everyone, involved, 0, 0},
	"traceUnit":      {everyone, involved, 0, 0},
	"getTransaction": {everyone, oneself, 0, 0},

	"importFile": {producers, own, importBody, 8},
	"getImport":  {producers, own, 0, 0},
	"getJob":     {producers, own, 0, 0},
	"getJobFile": {producers, own, 0, 0},

	"listParties":    {supervisor, anyone, 0, 0},
	"getParty":       {everyone, oneself, 0, 0},
	"registerParty":  {writers(trace.RegisterParty), anyone, 0, 0},
	"updateParty":    {writers(trace.UpdateParty), anyone, 0, 0},
	"setPartyStatus": {writers(trace.SetPartyStatus), anyone, 0, 0},
	"listAccounts":   {platform, anyone, 0, 0},
	"createAccount":  {platform, anyone, 0, 0},
	"revokeAccount":  {platform, anyone, 0, 0},
}

func writers(t trace.Transaction) []trace.Role { return trace.Transactions[t].Roles }
