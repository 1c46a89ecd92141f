package api

import (
	"slices"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/documents"
	"github.com/touchstone-trace/touchstone/gateway/labels"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

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
	tested   scope = "batches the caller's party made or had in hand; everybody's for platform, auditor and inspectors"
	made     scope = "units the caller's party made or has; everybody's for platform and auditor"
	against  scope = "what shoppers say about the caller's party; everybody's for platform and auditor"
	partner  scope = "what the caller's party sent or was sent; everybody's for platform and auditor"
	handled  scope = "containers the caller's party packed, has, sent or is being sent; everybody's for platform and auditor"
	oneself  scope = "the caller's own party; everybody's for platform and auditor"
	endorsed scope = "the creator's own, or of the products of the caller's party; everybody's for platform and auditor"
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
	sellers    = trace.Transactions[trace.Sell].Roles
	producers  = []trace.Role{trace.RoleProducer}
	merchants  = []trace.Role{trace.RoleProducer, trace.RoleDistributor, trace.RoleSeller}
	creators   = []trace.Role{record.RoleCreator}
)

// Sizes of requests.
const (
	usualBody    = 1 << 20
	importBody   = 20<<20 + 64<<10 // a file of 20 MiB and what multipart adds
	documentBody = documents.MaxSize + 64<<10
	pictureBody  = service.MaxPicture + 64<<10
	logoBody     = labels.MaxLogo + 64<<10
)

// policies is the one table of who may call what, by operation of openapi.yaml.
// What writes is open to the roles that the ledger lets do it.
var policies = map[string]access{
	"getMe": {orCreator(orApplicant(everyone)), itself, 0, 0},

	"listProducts":    {everyone, public, 0, 0},
	"getProduct":      {everyone, public, 0, 0},
	"registerProduct": {writers(trace.RegisterProduct), own, 0, 0},

	"listViews":  {orCreator(orApplicant(everyone)), itself, 0, 0},
	"saveView":   {orCreator(orApplicant(everyone)), itself, 0, 0},
	"deleteView": {orCreator(orApplicant(everyone)), itself, 0, 0},

	"listBatches":   {everyone, involved, 0, 0},
	"getBatch":      {everyone, involved, 0, 0},
	"registerBatch": {writers(trace.RegisterBatch), own, 0, 0},
	"approveBatch":  {writers(trace.ApproveBatch), anyone, 0, 0},
	"listUnits":     {producers, own, 0, 0},
	"resolveCodes":  {everyone, involved, 0, 0},
	"printLabels":   {producers, own, 0, 4},
	"checkLabels":   {producers, own, 0, 4},

	"listLabelDesigns":   {producers, own, 0, 0},
	"saveLabelDesign":    {producers, own, 0, 0},
	"deleteLabelDesign":  {producers, own, 0, 0},
	"listLabelPrinters":  {producers, own, 0, 0},
	"saveLabelPrinter":   {producers, own, 0, 0},
	"deleteLabelPrinter": {producers, own, 0, 0},
	"uploadLogo":         {producers, own, logoBody, 1},
	"previewLabel":       {producers, own, 0, 8},
	"printTestSheet":     {producers, own, 0, 4},

	"transform":         {writers(trace.Transform), own, 0, 0},
	"getTransformation": {everyone, oneself, 0, 0},
	"listContainers":    {everyone, handled, 0, 0},
	"getContainer":      {everyone, handled, 0, 0},
	"pack":              {writers(trace.Pack), own, 0, 0},
	"unpack":            {writers(trace.Unpack), own, 0, 0},

	"listShipments": {everyone, partner, 0, 0},
	"getShipment":   {everyone, partner, 0, 0},
	"ship":          {writers(trace.Dispatch), own, 0, 0},
	"receive":       {writers(trace.Receive), own, 0, 0},
	"sell":          {writers(trace.Sell), own, 0, 0},
	"takeBack":      {writers(trace.Return), own, 0, 0},
	"decommission":  {writers(trace.Decommission), own, 0, 0},

	"listStandards":    {everyone, public, 0, 0},
	"registerStandard": {writers(trace.RegisterStandard), anyone, 0, 0},
	"listInspections":  {everyone, tested, 0, 0},
	"inspect":          {writers(trace.RecordInspection), anyone, 0, 0},
	"resumeInspection": {writers(trace.ResumeInspection), anyone, 0, 0},
	"getSamplingPlan":  {everyone, tested, 0, 0},
	"holdBatch":        {writers(trace.HoldBatch), own, 0, 0},
	"releaseBatch":     {writers(trace.ReleaseBatch), own, 0, 0},

	"getRecall":         {everyone, public, 0, 0}, // and of its holders, those that service.RecallReach shows
	"acknowledgeRecall": {writers(trace.AcknowledgeRecall), own, 0, 0},

	"listRecalls": {everyone, public, 0, 0},
	"recall":      {writers(trace.StartRecall), own, 0, 0},
	"closeRecall": {writers(trace.CloseRecall), own, 0, 0},

	"listComplaints":    {everyone, against, 0, 0},
	"getComplaint":      {everyone, against, 0, 0},
	"getComplaintPhoto": {everyone, against, 0, 0},
	"answerComplaint":   {writers(trace.AnswerComplaint), own, 0, 0},
	"appealComplaint":   {writers(trace.AppealComplaint), own, 0, 0},
	"decideComplaint":   {writers(trace.DecideComplaint), anyone, 0, 0},
	"getComplaintTerms": {everyone, public, 0, 0},
	"setComplaintTerms": {writers(trace.SetComplaintTerms), anyone, 0, 0},
	"listAlerts":        {everyone, made, 0, 0},
	"getAlert":          {everyone, made, 0, 0},
	"getAlertMap":       {everyone, made, 0, 8},
	"decideAlert":       {writers(trace.FlagUnit), made, 0, 0},

	"listReportedCodes": {platform, anyone, 0, 0},
	"getReportedCode":   {platform, anyone, 0, 0},
	"closeReportedCode": {platform, anyone, 0, 0},

	"listReviews":  {everyone, against, 0, 0},
	"answerReview": {sellers, own, 0, 0},

	"uploadPicture":       {producers, own, pictureBody, 4},
	"getPresentation":     {everyone, oneself, 0, 0},
	"setPresentation":     {producers, own, 0, 0},
	"publishPresentation": {producers, own, 0, 0},
	"hidePresentation":    {platform, anyone, 0, 0},
	"getBuyLinks":         {merchants, own, 0, 0},
	"setBuyLinks":         {merchants, own, 0, 0},
	"listBadges":          {everyone, oneself, 0, 0},
	"createBadge":         {merchants, own, 0, 0},
	"revokeBadge":         {append(slices.Clone(platform), merchants...), oneself, 0, 0},
	"listCreators":        {supervisor, anyone, 0, 0},
	"createCreator":       {platform, anyone, 0, 0},
	"revokeCreator":       {platform, anyone, 0, 0},
	"listEndorsements":    {orCreator(everyone), endorsed, 0, 0},
	"withdrawEndorsement": {creators, own, 0, 0},
	"hideEndorsement":     {platform, anyone, 0, 0},

	"traceBatch":     {everyone, involved, 0, 0},
	"traceUnit":      {everyone, involved, 0, 0},
	"traceCode":      {everyone, involved, 0, 0},
	"getTransaction": {everyone, oneself, 0, 0},

	"getProvenanceGraph":  {everyone, involved, 0, 8},
	"search":              {everyone, involved, 0, 16},
	"getTransactionProof": {everyone, oneself, 0, 8},
	"getLedgerHealth":     {supervisor, anyone, 0, 8},

	"importFile": {producers, own, importBody, 8},
	"getImport":  {producers, own, 0, 0},
	"listJobs":   {producers, own, 0, 0},
	"getJob":     {producers, own, 0, 0},
	"getJobFile": {producers, own, 0, 0},

	"registerApplicant": {strangers, itself, 16 << 10, 0},
	"listApplications":  {supervisor, anyone, 0, 0},
	"apply":             {orApplicant(writers(trace.Apply)), own, 0, 0},
	"reviewApplication": {writers(trace.ReviewApplication), anyone, 0, 0},
	"getMyStanding":     {orApplicant(everyone), own, 0, 0},
	"getStanding":       {everyone, oneself, 0, 0},
	"listStandings":     {supervisor, anyone, 0, 0},
	"scheduleChecks":    {writers(trace.ScheduleChecks), anyone, 0, 0},
	"listChecks":        {everyone, oneself, 0, 0},
	"recordCheck":       {writers(trace.RecordCheck), anyone, 0, 0},
	"closeAction":       {writers(trace.CloseAction), anyone, 0, 0},
	"uploadDocument":    {orApplicant(everyone), own, documentBody, 0},
	"listDocuments":     {orApplicant(everyone), oneself, 0, 0},
	"getDocument":       {orApplicant(everyone), oneself, 0, 0},

	"listInbox":      {orApplicant(everyone), own, 0, 0},
	"readNotice":     {orApplicant(everyone), own, 0, 0},
	"listWebhooks":   {everyone, own, 0, 0},
	"addWebhook":     {everyone, own, 0, 0},
	"deleteWebhook":  {everyone, own, 0, 0},
	"listDeliveries": {everyone, own, 0, 0},
	"replayDelivery": {everyone, own, 0, 0},

	"listParties":    {supervisor, anyone, 0, 0},
	"getParty":       {everyone, oneself, 0, 0},
	"registerParty":  {writers(trace.RegisterParty), anyone, 0, 0},
	"updateParty":    {writers(trace.UpdateParty), anyone, 0, 0},
	"setPartyStatus": {writers(trace.SetPartyStatus), anyone, 0, 0},
	"listAccounts":   {platform, anyone, 0, 0},
	"createAccount":  {platform, anyone, 0, 0},
	"revokeAccount":  {platform, anyone, 0, 0},
}

// stranger is who has no key. Nobody has it as a role: an operation that is open
// to strangers is open to nobody else, and held to the strictest limits.
const stranger trace.Role = "stranger"

var strangers = []trace.Role{stranger}

func orApplicant(roles []trace.Role) []trace.Role {
	return append(slices.Clone(roles), record.RoleApplicant)
}

func orCreator(roles []trace.Role) []trace.Role {
	return append(slices.Clone(roles), record.RoleCreator)
}

func writers(t trace.Transaction) []trace.Role { return trace.Transactions[t].Roles }
