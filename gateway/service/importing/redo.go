package importing

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/imports"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/jobs"
)

// redoRow is a row of an import that is decided once more: what somebody filled
// in for it, or what it was read as before.
type redoRow struct {
	Number int               `json:"row"`
	Values map[string]string `json:"values,omitempty"`
	Read   *ImportRead       `json:"read,omitempty"`
}

// maxMended is how many rows are mended at a time.
const maxMended = 1000

// ImportRows gives rows of an import of the caller's party, in the file's order:
// the refused ones, the good ones, or all where outcome is empty.
func (s *Service) ImportRows(
	ctx context.Context, c service.Caller, id, outcome string, p record.Paging,
) (record.Page[ImportRow], error) {
	if _, err := s.importSummary(ctx, c, id); err != nil {
		return record.Page[ImportRow]{}, err
	}
	after, err := strconv.Atoi("0" + p.After)
	if err != nil {
		return record.Page[ImportRow]{}, service.Refuse(trace.FieldInvalid, "after", "next_unchanged")
	}
	var ok *bool
	if outcome != "" {
		good := outcome == "good"
		ok = &good
	}
	rows, err := s.importRowsOf(ctx, id, ok, after, p.Limit+1)
	page := record.Page[ImportRow]{Items: rows}
	if len(rows) > p.Limit {
		page.Items, page.Next = rows[:p.Limit], strconv.Itoa(rows[p.Limit-1].Number)
	}
	return page, err
}

func (s *Service) importRowsOf(ctx context.Context, id string, ok *bool, after, limit int) ([]ImportRow, error) {
	docs, err := s.Store.ImportRowPage(ctx, id, ok, after, limit)
	rows := make([]ImportRow, len(docs))
	for i, doc := range docs {
		if err := json.Unmarshal(doc, &rows[i]); err != nil {
			return nil, err
		}
	}
	return rows, err
}

// MendImport decides refused rows once more, as somebody has mended them; every
// other row stays as it is. Errors: JOB_NOT_DONE, FIELD_INVALID where a row was
// not refused.
func (s *Service) MendImport(
	ctx context.Context, c service.Caller, id string, mended []imports.Values,
) (Import, error) {
	v, err := s.importSummary(ctx, c, id)
	if err != nil {
		return Import{}, err
	}
	if len(mended) < 1 || len(mended) > maxMended {
		return Import{}, service.Refuse(trace.FieldInvalid, "rows", "rows_at_a_time", "most", maxMended)
	}
	no := false
	refused, err := s.importRowsOf(ctx, id, &no, 0, imports.MaxRows)
	if err != nil {
		return Import{}, err
	}
	open := map[int]bool{}
	for _, r := range refused {
		open[r.Number] = true
	}
	rows, taken := make([]redoRow, len(mended)), map[int]bool{}
	for i, m := range mended {
		if !open[m.Number] {
			return Import{}, service.Refuse(trace.FieldInvalid, "rows", "row_not_refused", "row", m.Number)
		}
		delete(open, m.Number)
		rows[i] = redoRow{Number: m.Number, Values: m.Values}
		taken[m.Number] = true
	}
	rows = append(rows, siblings(refused, taken)...)
	return s.redo(ctx, c, v, v.DryRun, rows)
}

// RegisterImport has the good rows of a dry run registered, as they were read.
// Errors: JOB_NOT_DONE.
func (s *Service) RegisterImport(ctx context.Context, c service.Caller, id string) (Import, error) {
	v, err := s.importSummary(ctx, c, id)
	if err != nil {
		return Import{}, err
	}
	if !v.DryRun {
		return Import{}, service.Refuse(trace.FieldInvalid, "id", "no_dry_run")
	}
	yes := true
	good, err := s.importRowsOf(ctx, id, &yes, 0, imports.MaxRows)
	if err != nil {
		return Import{}, err
	}
	if len(good) == 0 {
		return Import{}, service.Refuse(trace.FieldInvalid, "id", "no_good_row")
	}
	rows := make([]redoRow, len(good))
	for i, r := range good {
		rows[i] = redoRow{Number: r.Number, Read: r.Read}
	}
	return s.redo(ctx, c, v, false, rows)
}

// redo queues an import once more for some of its rows.
func (s *Service) redo(ctx context.Context, c service.Caller, v Import, dryRun bool, rows []redoRow) (Import, error) {
	request, err := json.Marshal(
		jobs.Request{Role: c.Role, Of: importRequest{Kind: v.Kind, DryRun: dryRun, Sheet: v.ImportSheet, Redo: true}},
	)
	if err != nil {
		return Import{}, err
	}
	input, err := json.Marshal(rows)
	if err != nil {
		return Import{}, err
	}
	numbers := make([]int, len(rows))
	for i, r := range rows {
		numbers[i] = r.Number
	}
	queued, err := s.Store.RedoImport(ctx, record.Job{ID: v.ID, Request: request, Input: input}, numbers)
	if err == nil && !queued {
		err = service.Refuse(service.JobNotDone, "id", "import_runs")
	}
	if err != nil {
		return Import{}, err
	}
	return s.importSummary(ctx, c, v.ID)
}

// inputRows gives what a job of an import has to decide. What is mended may not
// repeat what another row says that is good already.
func (s *Service) inputRows(
	ctx context.Context, c service.Caller, j record.Job, r importRequest,
) ([]imports.Row, error) {
	if !r.Redo {
		f, err := s.readSheet(ctx, c, r.Kind, j.Input, r.Mapping)
		return f.Rows, err
	}
	var redo []redoRow
	if err := json.Unmarshal(j.Input, &redo); err != nil {
		return nil, err
	}
	var rows []imports.Row
	var filled []imports.Values
	for _, x := range redo {
		if x.Read != nil {
			rows = append(rows, x.Read.row(r.Kind, x.Number))
		} else {
			filled = append(filled, imports.Values{Number: x.Number, Values: x.Values})
		}
	}
	if len(filled) == 0 {
		return rows, nil
	}
	yes := true
	good, err := s.importRowsOf(ctx, j.ID, &yes, 0, imports.MaxRows)
	others := slices.Clone(rows)
	for _, row := range good {
		others = append(others, row.Read.row(r.Kind, row.Number))
	}
	return append(rows, imports.ReadValues(r.Kind, filled, others)...), err
}

// row is what a row was read as, as a row.
func (r ImportRead) row(kind imports.Kind, number int) imports.Row {
	row := imports.Row{Number: number, GTIN: r.GTIN, Lot: r.Lot, Serial: r.Serial}
	if kind != imports.Products {
		row.Batch = &trace.Batch{
			GTIN:       r.GTIN,
			Lot:        r.Lot,
			Quantity:   r.Quantity,
			ProducedOn: r.ProducedOn,
			ExpiresOn:  r.ExpiresOn,
			Origin:     r.Origin,
			Line:       r.Line,
		}
		return row
	}
	row.Product = &trace.Product{
		GTIN:               r.GTIN,
		Brand:              r.Brand,
		Category:           r.Category,
		Specification:      r.Specification,
		Origin:             r.Origin,
		ShelfLifeDays:      r.ShelfLifeDays,
		InspectionRequired: r.Inspection != nil && *r.Inspection,
	}
	if r.Name != nil {
		row.Product.Name = *r.Name
	}
	return row
}

// values is what a row was read as, as somebody would fill it in.
func (r ImportRead) values() map[string]string {
	all := map[string]string{
		"gtin":          r.GTIN,
		"brand":         r.Brand,
		"category":      r.Category,
		"specification": r.Specification,
		"origin":        r.Origin,
		"lot":           r.Lot,
		"producedOn":    string(r.ProducedOn),
		"expiresOn":     string(r.ExpiresOn),
		"line":          r.Line,
		"serial":        r.Serial,
	}
	if r.Name != nil {
		all["name.zh-CN"], all["name.en"] = r.Name.ZhCN, r.Name.En
	}
	if r.ShelfLifeDays > 0 {
		all["shelfLifeDays"] = strconv.Itoa(r.ShelfLifeDays)
	}
	if r.Quantity > 0 {
		all["quantity"] = strconv.FormatInt(r.Quantity, 10)
	}
	if r.Inspection != nil && *r.Inspection {
		all["inspectionRequired"] = "是"
	}
	for name, value := range all {
		if value == "" {
			delete(all, name)
		}
	}
	return all
}
