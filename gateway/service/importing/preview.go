package importing

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/imports"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// ImportPreview is how a file would be read: what was found in it, what its
// columns were taken for, and its first rows, the refused ones before the
// others. Problem says why it cannot be read as a whole; then there are no rows.
type ImportPreview struct {
	Kind    imports.Kind   `json:"kind"`
	Total   int            `json:"total"`
	Refused int            `json:"refused"`
	Rows    []ImportRow    `json:"rows"`
	Fields  []ImportField  `json:"fields"`
	Missing []string       `json:"missing"`
	Problem *ImportProblem `json:"problem,omitempty"`
	ImportSheet
}

// ImportField is something that a column may be taken for.
type ImportField struct {
	Field    string     `json:"field"`
	Title    trace.Text `json:"title"`
	Required bool       `json:"required"`
}

// ImportProblem is why a file cannot be read as a whole.
type ImportProblem struct {
	Code    string     `json:"code"`
	Titles  trace.Text `json:"titles"`
	Details trace.Text `json:"details"`
}

// previewRows is how many rows a preview shows.
const previewRows = 50

// PreviewImport reads a file and writes nothing. Errors: those of imports.Read
// that no mapping can mend.
func (s *Service) PreviewImport(
	ctx context.Context, c service.Caller, kind imports.Kind, m imports.Mapping, file []byte,
) (ImportPreview, error) {
	m, err := s.mapping(ctx, c, kind, m)
	if err != nil {
		return ImportPreview{}, err
	}
	read, err := s.readSheet(ctx, c, kind, file, m)
	v := ImportPreview{
		Kind:        kind,
		Total:       len(read.Rows),
		Rows:        []ImportRow{},
		Missing:     []string{},
		ImportSheet: sheetOf(read),
	}
	if refused, ok := errors.AsType[*trace.Error](err); ok && len(read.Columns) > 0 {
		text := imports.Explain(refused)
		v.Problem, err = &ImportProblem{string(refused.Code), refused.Code.Title(), text}, nil
	}
	taken := map[string]bool{}
	for _, column := range read.Columns {
		taken[column.Field] = true
	}
	for _, f := range imports.Fields(kind) {
		v.Fields = append(v.Fields, ImportField{f.Name, f.Title, f.Required})
		if f.Required && !taken[f.Name] {
			v.Missing = append(v.Missing, f.Name)
		}
	}
	v.show(read.Rows)
	return v, err
}

// show puts the first rows into a preview, the refused ones before the others.
func (v *ImportPreview) show(rows []imports.Row) {
	for _, bad := range []bool{true, false} {
		for _, row := range rows {
			if (len(row.Faults) > 0) != bad {
				continue
			}
			if bad {
				v.Refused++
			}
			if len(v.Rows) < previewRows {
				v.Rows = append(v.Rows, rowResult(row, nil, firstFault(row)))
			}
		}
	}
}

func firstFault(row imports.Row) error {
	if len(row.Faults) == 0 {
		return nil
	}
	return row.Faults[0].Err
}

// mapping adds what the caller's party has said of headings before.
func (s *Service) mapping(
	ctx context.Context, c service.Caller, kind imports.Kind, m imports.Mapping,
) (imports.Mapping, error) {
	var err error
	m.Headings, err = s.Store.ImportHeadings(ctx, c.Party, string(kind))
	return m, err
}

// keepHeadings keeps for next time what the caller says of a file's headings.
func (s *Service) keepHeadings(
	ctx context.Context, c service.Caller, kind imports.Kind, m imports.Mapping, read imports.File,
) error {
	said := map[string]string{}
	for _, column := range read.Columns {
		heading := imports.Fold(column.Heading)
		if name, mapped := m.Columns[column.Letter]; mapped && heading != "" && len(heading) <= 200 {
			said[heading] = name
		}
	}
	if len(said) == 0 {
		return nil
	}
	return s.Store.SaveImportHeadings(ctx, c.Party, string(kind), said)
}

// ImportTemplate is an empty table to be filled in.
func (s *Service) ImportTemplate(kind imports.Kind, format imports.Format, language string) service.Download {
	return service.Download{
		ContentType: format.ContentType(),
		Name:        "touchstone-" + string(kind) + "." + string(format),
		Write:       func(w io.Writer) error { return imports.WriteTemplate(w, kind, format, language) },
	}
}

// ImportRefused is the refused rows of an import as a table that can be mended
// and handed in again.
func (s *Service) ImportRefused(
	ctx context.Context, c service.Caller, id string, format imports.Format, language string,
) (service.Download, error) {
	v, err := s.importSummary(ctx, c, id)
	if err != nil {
		return service.Download{}, err
	}
	no := false
	rows, err := s.importRowsOf(ctx, id, &no, 0, imports.MaxRows)
	if err != nil {
		return service.Download{}, err
	}
	refused := make([]imports.Refused, len(rows))
	for i, r := range rows {
		var reasons []string
		for _, cell := range r.Cells {
			reasons = append(reasons, cell.Messages.In(language))
		}
		refused[i] = imports.Refused{
			Values:  imports.Values{Number: r.Number, Values: r.Values},
			Reasons: strings.Join(reasons, " "),
		}
	}
	return service.Download{ContentType: format.ContentType(), Name: "refused-" + id + "." + string(format),
		Write: func(w io.Writer) error { return imports.WriteRefused(w, v.Kind, format, language, refused) }}, nil
}
