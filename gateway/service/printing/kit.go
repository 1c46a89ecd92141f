package printing

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/labels"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/verifier/program/share"
	"github.com/touchstone-trace/touchstone/verifier/rules/photo"
)

// LabelTemplate is a layout that everybody has.
type LabelTemplate struct {
	ID      string     `json:"id"`
	Name    trace.Text `json:"name"`
	Width   float64    `json:"width"`
	Height  float64    `json:"height"`
	Columns int        `json:"columns"`
	Rows    int        `json:"rows"`
	PIN     bool       `json:"pin"`
}

// SavedDesign is a party's own layout.
type SavedDesign struct {
	ID        string        `json:"id"`
	Name      string        `json:"name"`
	Design    labels.Design `json:"design"`
	UpdatedAt time.Time     `json:"updatedAt,omitzero"`
	Version   int           `json:"version"`
}

// LabelDesigns are the layouts that a party can print with, and what they can say.
type LabelDesigns struct {
	Templates []LabelTemplate `json:"templates"`
	Designs   []SavedDesign   `json:"designs"`
	Fields    []labels.Field  `json:"fields"`
}

// SavedPrinter is a printer of a party with its calibration.
type SavedPrinter struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	DPI  int    `json:"dpi,omitempty"` // of a label printer
	labels.Printer
	UpdatedAt time.Time `json:"updatedAt,omitzero"`
	Version   int       `json:"version"`
}

// NewPrinter is a printer to keep: with a calibration or with what was measured
// on the test sheet of a layout.
type NewPrinter struct {
	Name string `json:"name"`
	DPI  int    `json:"dpi,omitempty"`
	labels.Printer
	Template string        `json:"template,omitempty"`
	Measured *labels.Marks `json:"measured,omitempty"`
	Version  int           `json:"version,omitempty"` // that was changed, 0 for whichever there is
}

// LogoKept says under which id a logo is kept.
type LogoKept struct {
	ID string `json:"id"`
}

// LabelDesigns lists the layouts of the caller's party.
func (s *Service) LabelDesigns(ctx context.Context, c service.Caller) (LabelDesigns, error) {
	all := LabelDesigns{Designs: []SavedDesign{}, Fields: labels.Fields}
	for _, t := range labels.Templates() {
		columns, rows := t.Sheet()
		all.Templates = append(
			all.Templates,
			LabelTemplate{t.ID, trace.Text{ZhCN: t.NameZH, En: t.NameEN}, t.Width, t.Height, columns, rows, t.PIN},
		)
	}
	kits, err := s.Store.LabelKits(ctx, c.Party, record.KitDesign)
	for _, k := range kits {
		d := SavedDesign{ID: k.ID, Name: k.Name, UpdatedAt: k.UpdatedAt, Version: k.Version}
		if err := json.Unmarshal(k.Doc, &d.Design); err != nil {
			return all, err
		}
		all.Designs = append(all.Designs, d)
	}
	return all, err
}

// SaveLabelDesign keeps a layout under an id that the caller chose.
func (s *Service) SaveLabelDesign(ctx context.Context, c service.Caller, d SavedDesign) (SavedDesign, error) {
	if _, err := d.Design.Template(); err != nil {
		return d, err
	}
	for _, t := range labels.Templates() {
		if t.ID == d.ID {
			return d, service.Refuse(trace.FieldInvalid, "id", "everybodys", "id", d.ID)
		}
	}
	if _, err := s.logo(ctx, c, d.Design.Logo); err != nil {
		return d, err
	}
	d.UpdatedAt = s.Writer.Now()
	var err error
	d.Version, err = s.saveKit(
		ctx, c, record.LabelKit{Kind: record.KitDesign, ID: d.ID, Name: d.Name, Version: d.Version}, d.Design,
	)
	return d, err
}

// LabelPrinters lists the printers of the caller's party.
func (s *Service) LabelPrinters(ctx context.Context, c service.Caller) ([]SavedPrinter, error) {
	all := []SavedPrinter{}
	kits, err := s.Store.LabelKits(ctx, c.Party, record.KitPrinter)
	for _, k := range kits {
		p, err := printerOf(k)
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, err
}

func printerOf(k record.LabelKit) (SavedPrinter, error) {
	var p SavedPrinter
	err := json.Unmarshal(k.Doc, &p)
	p.ID, p.Name, p.UpdatedAt, p.Version = k.ID, k.Name, k.UpdatedAt, k.Version
	return p, err
}

// SaveLabelPrinter keeps a printer under an id that the caller chose.
func (s *Service) SaveLabelPrinter(
	ctx context.Context, c service.Caller, id string, n NewPrinter,
) (SavedPrinter, error) {
	p := SavedPrinter{ID: id, Name: n.Name, DPI: n.DPI, Printer: n.Printer, UpdatedAt: s.Writer.Now()}
	if n.Measured != nil {
		t, err := s.template(ctx, c, n.Template)
		if err != nil {
			return p, err
		}
		if p.Printer, err = labels.Calibrate(t.Marks(), *n.Measured); err != nil {
			return p, err
		}
	}
	if err := p.Check(); err != nil {
		return p, err
	}
	var err error
	p.Version, err = s.saveKit(
		ctx, c, record.LabelKit{Kind: record.KitPrinter, ID: id, Name: n.Name, Version: n.Version}, p,
	)
	return p, err
}

var kitID = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)

const maxKitName = 60

// saveKit keeps what a party prints with, in place of the version that was
// changed, and gives its new one. Errors: CHANGED_MEANWHILE, LABEL_KIT_LIMIT.
func (s *Service) saveKit(ctx context.Context, c service.Caller, k record.LabelKit, doc any) (version int, err error) {
	k.Name, k.Account = strings.TrimSpace(k.Name), c.Account
	if n := utf8.RuneCountInString(k.Name); n < 1 || n > maxKitName {
		return 0, service.Refuse(trace.FieldInvalid, "name", "characters", "most", maxKitName)
	}
	if !kitID.MatchString(k.ID) {
		return 0, service.Refuse(trace.FieldInvalid, "id", "kit_id")
	}
	if k.Doc, err = json.Marshal(doc); err != nil {
		return 0, err
	}
	version, err = s.Store.SaveLabelKit(ctx, c.Party, k)
	if err == nil && version == 0 {
		err = service.Refuse(service.LabelKitLimit, "id", "delete_yours")
	}
	return version, service.ChangedError(err, "version")
}

// DeleteLabelKit forgets a layout or a printer.
func (s *Service) DeleteLabelKit(ctx context.Context, c service.Caller, kind record.KitKind, id string) error {
	ok, err := s.Store.DeleteLabelKit(ctx, c.Party, kind, id)
	_, err = service.Found(id, ok, err)(service.LabelKitUnknown, "id", id)
	return err
}

// UploadLogo keeps a logo for labels, drawn anew.
func (s *Service) UploadLogo(ctx context.Context, c service.Caller, file []byte) (LogoKept, error) {
	var logo *labels.Logo
	err := s.Decoding.Do(ctx, c.Party, photo.Weigh(file), func() (err error) {
		logo, err = labels.ReadLogo(file)
		return err
	})
	if errors.Is(err, share.ErrNever) {
		err = service.Refuse(labels.LogoInvalid, "file", "logo_pixels")
	}
	if err != nil {
		return LogoKept{}, err
	}
	kept := LogoKept{ID: fmt.Sprintf("%.16x", sha256.Sum256(logo.PNG))}
	ok, err := s.Store.SaveLogo(ctx, c.Party, kept.ID, logo.PNG)
	if err == nil && !ok {
		err = service.Refuse(service.LabelKitLimit, "file", "most_logos")
	}
	return kept, err
}

// logo finds a logo of the caller's party; nil where the id is empty.
func (s *Service) logo(ctx context.Context, c service.Caller, id string) (*labels.Logo, error) {
	if id == "" {
		return nil, nil
	}
	file, ok, err := s.Store.Logo(ctx, c.Party, id)
	if file, err = service.Found(file, ok, err)(service.LabelKitUnknown, "logo", id); err != nil {
		return nil, err
	}
	return labels.OpenLogo(file)
}
