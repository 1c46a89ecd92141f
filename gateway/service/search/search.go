// Package search finds what somebody typed, pasted or scanned.
package search

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/codes"
)

// Finder finds what a text names.
type Finder interface {
	Search(ctx context.Context, l record.Lookup) ([]record.Hit, error)
}

// Codes says what codes name.
type Codes interface {
	ResolveCodes(ctx context.Context, c service.Caller, r codes.Request) (codes.ResolvedCodes, error)
}

// Sight gives a transaction to those who may see it.
type Sight interface {
	Transaction(ctx context.Context, c service.Caller, txID string) (record.Transaction, error)
}

// Service searches. All fields are required.
type Service struct {
	Finder Finder
	Codes  Codes
	Sight  Sight
}

// Result is what a search has found, the most exact first.
type Result struct {
	Query string       `json:"query"`
	Hits  []record.Hit `json:"hits"`
}

var (
	txIDForm   = regexp.MustCompile(`^[0-9a-f]{64}$`)
	separators = regexp.MustCompile(`[\s()-]`)
)

// Search finds what a text names, whatever was typed, pasted or scanned: only
// what the caller may see by the calls that read each kind.
func (s *Service) Search(ctx context.Context, c service.Caller, text string) (Result, error) {
	text = strings.TrimSpace(text)
	found := Result{Query: text, Hits: []record.Hit{}}
	for _, find := range []func(context.Context, service.Caller, string) ([]record.Hit, error){s.findUnits, s.findRecords, s.findTransaction} {
		hits, err := find(ctx, c, text)
		if err != nil {
			return found, err
		}
		found.Hits = append(found.Hits, hits...)
	}
	return found, nil
}

// findRecords asks the read model.
func (s *Service) findRecords(ctx context.Context, c service.Caller, text string) ([]record.Hit, error) {
	text = strings.Map(printable, strings.ToValidUTF8(text, ""))
	l := record.Lookup{Text: strings.ToLower(text), SeenBy: c.Within()}
	packed := separators.ReplaceAllString(text, "")
	l.SSCC = codes.SSCC(packed)
	if gtin, err := gs1.ParseGTIN(packed); err == nil {
		l.GTIN = string(gtin)
	}
	if gtin, lot := batchOf(text); gtin != "" {
		l.GTIN, l.Text = gtin, strings.ToLower(lot)
	}
	hits, err := s.Finder.Search(ctx, l)
	if l.GTIN != "" && l.Text != "" && err == nil && strings.Contains(text, "/01/") {
		hits = slices.DeleteFunc(
			hits, func(h record.Hit) bool { return h.Kind == record.HitBatch && strings.ToLower(h.Lot) != l.Text },
		)
	}
	return hits, err
}

// printable drops what no identifier holds, and the database would not take.
func printable(r rune) rune {
	if unicode.IsControl(r) {
		return -1
	}
	return r
}

// batchOf gives the barcode number and lot of an address that has them.
func batchOf(text string) (gtin, lot string) {
	at := strings.Index(text, "/01/")
	if at < 0 {
		return "", ""
	}
	es, err := gs1.ParseLink("https://x"+text[at:], gs1.Options{ZeroSuppressedGTIN: true, ConvenienceAlphas: true})
	if err != nil {
		return "", ""
	}
	parsed, err := gs1.ParseGTIN(es.Value("01"))
	if err != nil {
		return "", ""
	}
	return string(parsed), es.Value("10")
}

// findUnits finds the units that a code names: more than one where it fits several.
func (s *Service) findUnits(ctx context.Context, c service.Caller, text string) ([]record.Hit, error) {
	resolved, err := s.Codes.ResolveCodes(ctx, c, codes.Request{Codes: []string{text}})
	if err != nil {
		return nil, err
	}
	named := resolved.Items[0].Choices
	if u := resolved.Items[0].Unit; u != nil {
		named = append(named, *u)
	}
	var hits []record.Hit
	for _, u := range named {
		hit := record.Hit{
			Kind:   record.HitUnit,
			ID:     u.GTIN + "/" + u.Lot + "/" + strconv.FormatInt(u.Index, 10),
			GTIN:   u.GTIN,
			Lot:    u.Lot,
			Serial: u.Serial,
			Index:  &u.Index,
			Name:   u.Name,
		}
		if u.Holding != nil {
			hit.Party, hit.Status = u.Holding.Party, string(u.Holding.State)
		}
		hits = append(hits, hit)
	}
	return hits, nil
}

func (s *Service) findTransaction(ctx context.Context, c service.Caller, text string) ([]record.Hit, error) {
	id := strings.ToLower(text)
	if !txIDForm.MatchString(id) {
		return nil, nil
	}
	t, err := s.Sight.Transaction(ctx, c, id)
	if trace.CodeOf(err) == service.TransactionUnknown {
		return nil, nil
	}
	return []record.Hit{{Kind: record.HitTransaction, ID: id, Party: t.Party, Status: string(t.Status), At: t.At}}, err
}
