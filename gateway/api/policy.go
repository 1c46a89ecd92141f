package api

import (
	"slices"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/parties"
	"github.com/touchstone-trace/touchstone/gateway/service/presenting"
	"github.com/touchstone-trace/touchstone/gateway/service/printing"
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
	disputed scope = "cases that the caller's party opened or has to answer; everybody's for platform and auditor"
	partner  scope = "what the caller's party sent or was sent; everybody's for platform and auditor"
	handled  scope = "containers the caller's party packed, has, sent or is being sent; everybody's for platform and auditor"
	oneself  scope = "the caller's own party; everybody's for platform and auditor"
	endorsed scope = "the creator's own, or of the products of the caller's party; everybody's for platform and auditor"
	anyone   scope = "any party's"
)

// permit is one line of the table: the roles of the parties that may call a route, the duties
// within a party of those who may do it for it, whose data it is about, how large a request may be
// (0: the usual size), and how many of these calls run at a time because each is costly (0: any
// number).
type permit struct {
	roles   []trace.Role
	duties  []record.Duty
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

// Groups of duties. Reading is everybody's, but of what lets goods be copied
// (serials, PINs, label files) and of what lets people in.
var (
	anyDuty  = record.Duties
	working  = []record.Duty{record.DutyOwner, record.DutyGoods, record.DutyWarehouse}
	trade    = []record.Duty{record.DutyOwner, record.DutyGoods}
	handling = []record.Duty{record.DutyOwner, record.DutyWarehouse}
	owners   = []record.Duty{record.DutyOwner}
)

// Sizes of requests.
const (
	usualBody    = 1 << 20
	importBody   = 20<<20 + 64<<10 // a file of 20 MiB and what multipart adds
	serialsBody  = 8 << 20         // serials of a factory
	documentBody = parties.MaxDocument + 64<<10
	pictureBody  = presenting.MaxPicture + 64<<10
	logoBody     = printing.MaxLogo + 64<<10
)

// policies is the one table of who may call what, by operation of openapi.yaml.
// What writes is open to the roles that the ledger lets do it.
var policies = map[string]permit{
	"getMe": {orCreator(orApplicant(everyone)), anyDuty, itself, 0, 0},

	"listProducts":    {everyone, anyDuty, public, 0, 0},
	"getProduct":      {everyone, anyDuty, public, 0, 0},
	"registerProduct": {writers(trace.RegisterProduct), trade, own, 0, 0},

	"listViews":  {orCreator(everyone), anyDuty, itself, 0, 0},
	"saveView":   {orCreator(everyone), anyDuty, itself, 0, 0},
	"deleteView": {orCreator(everyone), anyDuty, itself, 0, 0},

	"listBatches":   {everyone, anyDuty, involved, 0, 0},
	"getBatch":      {everyone, anyDuty, involved, 0, 0},
	"registerBatch": {writers(trace.RegisterBatch), trade, own, serialsBody, 32},
	"approveBatch":  {writers(trace.ApproveBatch), trade, anyone, 0, 0},
	"listUnits":     {producers, trade, own, 0, 0},
	"resolveCodes":  {everyone, anyDuty, involved, 0, 0},
	"printLabels":   {producers, trade, own, 0, 16},
	"checkLabels":   {producers, trade, own, 0, 16},

	"listLabelDesigns":   {producers, trade, own, 0, 0},
	"saveLabelDesign":    {producers, trade, own, 0, 0},
	"deleteLabelDesign":  {producers, trade, own, 0, 0},
	"listLabelPrinters":  {producers, trade, own, 0, 0},
	"saveLabelPrinter":   {producers, trade, own, 0, 0},
	"deleteLabelPrinter": {producers, trade, own, 0, 0},
	"uploadLogo":         {producers, trade, own, logoBody, 8},
	"previewLabel":       {producers, trade, own, 0, 8},
	"printTestSheet":     {producers, trade, own, 0, 8},

	"transform":         {writers(trace.Transform), trade, own, 0, 0},
	"getTransformation": {everyone, anyDuty, oneself, 0, 0},
	"listContainers":    {everyone, anyDuty, handled, 0, 0},
	"getContainer":      {everyone, anyDuty, handled, 0, 0},
	"pack":              {writers(trace.Pack), handling, own, 0, 0},
	"unpack":            {writers(trace.Unpack), handling, own, 0, 0},

	"listShipments": {everyone, anyDuty, partner, 0, 0},
	"getShipment":   {everyone, anyDuty, partner, 0, 0},
	"ship":          {writers(trace.Dispatch), handling, own, 0, 0},
	"receive":       {writers(trace.Receive), handling, own, 0, 0},
	"sell":          {writers(trace.Sell), handling, own, 0, 0},
	"takeBack":      {writers(trace.Return), handling, own, 0, 0},
	"decommission":  {writers(trace.Decommission), handling, own, 0, 0},

	"closeShipment":    {writers(trace.CloseShipment), handling, own, 0, 0},
	"cancelShipment":   {writers(trace.CancelShipment), handling, own, 0, 0},
	"amendReceipt":     {writers(trace.AmendReceipt), handling, own, 0, 0},
	"answerAmendment":  {writers(trace.AnswerAmendment), handling, own, 0, 0},
	"undo":             {writers(trace.Undo), handling, own, 0, 0},
	"correctProduct":   {writers(trace.CorrectProduct), trade, own, 0, 0},
	"correctBatch":     {writers(trace.CorrectBatch), trade, own, 0, 0},
	"decideCorrection": {writers(trace.DecideCorrection), trade, anyone, 0, 0},
	"voidUnits":        {writers(trace.VoidUnits), trade, own, 0, 0},

	"listCases":       {everyone, anyDuty, disputed, 0, 0},
	"getCase":         {everyone, anyDuty, disputed, 0, 0},
	"openCase":        {writers(trace.OpenCase), working, own, 0, 0},
	"answerCase":      {writers(trace.AnswerCase), working, own, 0, 0},
	"decideCase":      {writers(trace.DecideCase), trade, anyone, 0, 0},
	"withdrawCase":    {writers(trace.WithdrawCase), working, own, 0, 0},
	"getCustodyTerms": {everyone, anyDuty, public, 0, 0},
	"setCustodyTerms": {writers(trace.SetCustodyTerms), owners, anyone, 0, 0},

	"listStandards":    {everyone, anyDuty, public, 0, 0},
	"getStandard":      {everyone, anyDuty, public, 0, 0},
	"registerStandard": {writers(trace.RegisterStandard), trade, anyone, 0, 0},
	"listInspections":  {everyone, anyDuty, tested, 0, 0},
	"findInspections":  {everyone, anyDuty, partner, 0, 0},
	"inspectionQueue":  {everyone, anyDuty, tested, 0, 0},
	"inspect":          {writers(trace.RecordInspection), trade, anyone, 0, 0},
	"resumeInspection": {writers(trace.ResumeInspection), trade, anyone, 0, 0},
	"getSamplingPlan":  {everyone, anyDuty, tested, 0, 0},
	"holdBatch":        {writers(trace.HoldBatch), trade, own, 0, 0},
	"releaseBatch":     {writers(trace.ReleaseBatch), trade, own, 0, 0},

	"getRecall":         {everyone, anyDuty, public, 0, 0}, // and of its holders, those that service.RecallReach shows
	"acknowledgeRecall": {writers(trace.AcknowledgeRecall), working, own, 0, 0},

	"listRecalls":   {everyone, anyDuty, public, 0, 0},
	"previewRecall": {writers(trace.StartRecall), working, own, 0, 8},
	"recall":        {writers(trace.StartRecall), owners, own, 0, 0},
	"closeRecall":   {writers(trace.CloseRecall), owners, own, 0, 0},

	"listComplaints":    {everyone, anyDuty, against, 0, 0},
	"getComplaint":      {everyone, anyDuty, against, 0, 0},
	"getComplaintPhoto": {everyone, anyDuty, against, 0, 0},
	"answerComplaint":   {writers(trace.AnswerComplaint), trade, own, 0, 0},
	"appealComplaint":   {writers(trace.AppealComplaint), trade, own, 0, 0},
	"decideComplaint":   {writers(trace.DecideComplaint), trade, anyone, 0, 0},
	"admitComplaint":    {writers(trace.DecideComplaint), trade, anyone, 0, 0},
	"getComplaintTerms": {everyone, anyDuty, public, 0, 0},
	"setComplaintTerms": {writers(trace.SetComplaintTerms), owners, anyone, 0, 0},
	"listAlerts":        {everyone, anyDuty, made, 0, 0},
	"getAlert":          {everyone, anyDuty, made, 0, 0},
	"getAlertMap":       {everyone, anyDuty, made, 0, 8},
	"decideAlert":       {writers(trace.FlagUnit), trade, made, 0, 0},

	"listReportedCodes": {platform, anyDuty, anyone, 0, 0},
	"getReportedCode":   {platform, anyDuty, anyone, 0, 0},
	"closeReportedCode": {platform, trade, anyone, 0, 0},

	"listReviews":  {everyone, anyDuty, against, 0, 0},
	"answerReview": {sellers, trade, own, 0, 0},

	"uploadPicture":       {producers, trade, own, pictureBody, 8},
	"getPresentation":     {everyone, anyDuty, oneself, 0, 0},
	"setPresentation":     {producers, trade, own, 0, 0},
	"previewPresentation": {producers, trade, own, 0, 0},
	"forgetPresentation":  {producers, trade, own, 0, 0},
	"publishPresentation": {producers, trade, own, 0, 0},
	"hidePresentation":    {platform, trade, anyone, 0, 0},
	"getBuyLinks":         {merchants, anyDuty, own, 0, 0},
	"setBuyLinks":         {merchants, trade, own, 0, 0},
	"listBadges":          {everyone, anyDuty, oneself, 0, 0},
	"createBadge":         {merchants, trade, own, 0, 0},
	"revokeBadge":         {append(slices.Clone(platform), merchants...), trade, oneself, 0, 0},
	"listCreators":        {supervisor, anyDuty, anyone, 0, 0},
	"createCreator":       {platform, owners, anyone, 0, 0},
	"revokeCreator":       {platform, owners, anyone, 0, 0},
	"listEndorsements":    {orCreator(everyone), anyDuty, endorsed, 0, 0},
	"withdrawEndorsement": {creators, trade, own, 0, 0},
	"hideEndorsement":     {platform, trade, anyone, 0, 0},

	"traceBatch":     {everyone, anyDuty, involved, 0, 0},
	"traceUnit":      {everyone, anyDuty, involved, 0, 0},
	"traceCode":      {everyone, anyDuty, involved, 0, 0},
	"getTransaction": {everyone, anyDuty, oneself, 0, 0},

	"getProvenanceGraph":  {everyone, anyDuty, involved, 0, 8},
	"getTraceReport":      {everyone, anyDuty, involved, 0, 8},
	"getHistory":          {supervisor, anyDuty, anyone, 0, 2},
	"getInsight":          {slices.Concat(supervisor, sellers, creators), anyDuty, oneself, 0, 8},
	"search":              {everyone, anyDuty, involved, 0, 16},
	"getTransactionProof": {everyone, anyDuty, oneself, 0, 8},
	"getLedgerHealth":     {supervisor, anyDuty, anyone, 0, 8},

	"importFile": {producers, trade, own, importBody, 8},
	"getImport":  {producers, anyDuty, own, 0, 0},

	"previewImport":     {producers, trade, own, importBody, 8},
	"getImportTemplate": {producers, anyDuty, public, 0, 0},
	"listImportRows":    {producers, trade, own, 0, 0},
	"mendImport":        {producers, trade, own, 0, 0},
	"registerImport":    {producers, trade, own, 0, 0},
	"getRefusedRows":    {producers, trade, own, 0, 8},

	"listJobs":   {producers, anyDuty, own, 0, 0},
	"getJob":     {producers, anyDuty, own, 0, 0},
	"getJobFile": {producers, trade, own, 0, 8},
	"cancelJob":  {producers, trade, own, 0, 0},
	"repeatJob":  {producers, trade, own, 0, 0},

	"getSignIn":    {guests, anyDuty, public, 0, 0},
	"signIn":       {guests, anyDuty, itself, 4 << 10, 0},
	"signInDemo":   {guests, anyDuty, itself, 4 << 10, 0},
	"signUp":       {strangers, anyDuty, itself, 16 << 10, 0},
	"signOut":      {orCreator(orApplicant(everyone)), anyDuty, itself, 0, 0},
	"confirm":      {orApplicant(everyone), anyDuty, itself, 4 << 10, 0},
	"setPassword":  {orApplicant(everyone), anyDuty, itself, 4 << 10, 0},
	"listSessions": {orApplicant(everyone), anyDuty, itself, 0, 0},
	"endSession":   {orApplicant(everyone), anyDuty, itself, 0, 0},
	"endSessions":  {orApplicant(everyone), anyDuty, itself, 0, 0},

	"giveSecondFactor":   {guests, anyDuty, itself, 4 << 10, 0},
	"askPasskey":         {guests, anyDuty, itself, 4 << 10, 0},
	"signInPasskey":      {guests, anyDuty, itself, 64 << 10, 0},
	"startSso":           {guests, anyDuty, itself, 4 << 10, 0},
	"returnFromSso":      {guests, anyDuty, itself, 4 << 10, 0},
	"lookAtInvitation":   {guests, anyDuty, itself, 4 << 10, 0},
	"acceptInvitation":   {guests, anyDuty, itself, 4 << 10, 0},
	"getSecurity":        {orApplicant(everyone), anyDuty, itself, 0, 0},
	"startTotp":          {orApplicant(everyone), anyDuty, itself, 4 << 10, 0},
	"confirmTotp":        {orApplicant(everyone), anyDuty, itself, 4 << 10, 0},
	"removeTotp":         {orApplicant(everyone), anyDuty, itself, 0, 0},
	"startPasskey":       {orApplicant(everyone), anyDuty, itself, 4 << 10, 0},
	"addPasskey":         {orApplicant(everyone), anyDuty, itself, 64 << 10, 0},
	"removePasskey":      {orApplicant(everyone), anyDuty, itself, 0, 0},
	"linkSso":            {orApplicant(everyone), anyDuty, itself, 4 << 10, 0},
	"unlinkSso":          {orApplicant(everyone), anyDuty, itself, 0, 0},
	"listTeam":           {everyone, owners, own, 0, 0},
	"invite":             {everyone, owners, own, 4 << 10, 0},
	"withdrawInvitation": {everyone, owners, own, 0, 0},
	"setDuty":            {everyone, owners, own, 4 << 10, 0},
	"removePerson":       {everyone, owners, own, 0, 0},
	"letBackIn":          {everyone, owners, own, 4 << 10, 0},
	"listKeys":           {everyone, owners, own, 0, 0},
	"createKey":          {everyone, owners, own, 4 << 10, 0},
	"revokeKey":          {everyone, owners, own, 0, 0},
	"listAudit":          {everyone, owners, oneself, 0, 0},

	"registerApplicant": {strangers, anyDuty, itself, 16 << 10, 0},
	"listApplications":  {supervisor, anyDuty, anyone, 0, 0},
	"apply":             {orApplicant(writers(trace.Apply)), owners, own, 0, 0},
	"reviewApplication": {writers(trace.ReviewApplication), trade, anyone, 0, 0},
	"getMyStanding":     {orApplicant(everyone), anyDuty, own, 0, 0},
	"getStanding":       {everyone, anyDuty, oneself, 0, 0},
	"listStandings":     {supervisor, anyDuty, anyone, 0, 0},
	"scheduleChecks":    {writers(trace.ScheduleChecks), trade, anyone, 0, 0},
	"listChecks":        {everyone, anyDuty, oneself, 0, 0},
	"recordCheck":       {writers(trace.RecordCheck), trade, anyone, 0, 0},
	"closeAction":       {writers(trace.CloseAction), trade, anyone, 0, 0},
	"uploadDocument":    {orApplicant(everyone), trade, own, documentBody, 8},
	"listDocuments":     {orApplicant(everyone), anyDuty, oneself, 0, 0},
	"getDocument":       {orApplicant(everyone), anyDuty, oneself, 0, 0},

	"getOverview":    {orApplicant(everyone), anyDuty, own, 0, 0},
	"listInbox":      {orApplicant(everyone), anyDuty, own, 0, 0},
	"readNotice":     {orApplicant(everyone), working, own, 0, 0},
	"listWebhooks":   {everyone, owners, own, 0, 0},
	"addWebhook":     {everyone, owners, own, 0, 0},
	"tryWebhook":     {everyone, owners, own, 0, 0},
	"deleteWebhook":  {everyone, owners, own, 0, 0},
	"listDeliveries": {everyone, owners, own, 0, 0},
	"replayDelivery": {everyone, owners, own, 0, 0},

	"listPartyNames": {everyone, anyDuty, public, 0, 0},
	"listParties":    {supervisor, anyDuty, anyone, 0, 0},
	"getParty":       {everyone, anyDuty, oneself, 0, 0},
	"registerParty":  {writers(trace.RegisterParty), owners, anyone, 0, 0},
	"updateParty":    {writers(trace.UpdateParty), owners, anyone, 0, 0},
	"setPartyStatus": {writers(trace.SetPartyStatus), owners, anyone, 0, 0},
	"listAccounts":   {platform, owners, anyone, 0, 0},
	"createAccount":  {platform, owners, anyone, 0, 0},
	"revokeAccount":  {platform, owners, anyone, 0, 0},
}

// stranger is who has no key. Nobody has it as a role: an operation that is open
// to strangers is open to nobody else, and held to the strictest limits.
const stranger trace.Role = "stranger"

var strangers = []trace.Role{stranger}

// guest is who comes to the door, signed in or not. Nobody has it as a role either.
const guest trace.Role = "guest"

var guests = []trace.Role{guest}

// isOpen reports whether a route asks nobody who he is.
func (p permit) isOpen() bool {
	return slices.Contains(p.roles, stranger) || slices.Contains(p.roles, guest)
}

// roleOf gives the role in which an account may call, or says why it may not.
func (p permit) roleOf(a record.Account) (trace.Role, error) {
	for _, role := range a.Roles {
		if slices.Contains(p.roles, role) {
			if !slices.Contains(p.duties, a.Duty) {
				return "", service.Refuse(trace.NotAllowed, "", "for_duties", "duties", p.duties, "duty", a.Duty)
			}
			return role, nil
		}
	}
	return "", service.Refuse(trace.NotAllowed, "", "for_roles", "roles", p.roles, "role", a.Role)
}

// permittedTo lists the operations that an account may call.
func permittedTo(a record.Account) []string {
	var all []string
	for id, p := range policies {
		if _, err := p.roleOf(a); err == nil {
			all = append(all, id)
		}
	}
	slices.Sort(all)
	return all
}

func orApplicant(roles []trace.Role) []trace.Role {
	return append(slices.Clone(roles), record.RoleApplicant)
}

func orCreator(roles []trace.Role) []trace.Role {
	return append(slices.Clone(roles), record.RoleCreator)
}

func writers(t trace.Transaction) []trace.Role { return trace.Transactions[t].Roles }
