package presenting

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/verifier/program/share"
	"github.com/touchstone-trace/touchstone/verifier/rules/content"
	"github.com/touchstone-trace/touchstone/verifier/rules/photo"
)

// Presentations keeps how products are presented and where they are sold.
type Presentations interface {
	Presentation(ctx context.Context, gtin string) (record.Presentation, error)
	SavePresentation(
		ctx context.Context, gtin, party, account, preview string, p content.Presentation, publish bool, after int,
	) (bool, error)
	PresentationLook(ctx context.Context, gtin, account string) (*record.PresentationLook, error)
	LookAtPresentation(
		ctx context.Context, gtin, party, account, preview string, p content.Presentation,
	) (name string, err error)
	ForgetPresentationLook(ctx context.Context, gtin, account string) error
	Publish(ctx context.Context, gtin string, version int, account string) (bool, error)
	HidePresentation(ctx context.Context, gtin, reason, account string) (bool, error)
	BuyLinks(ctx context.Context, gtin, party string) ([]content.BuyLink, error)
	SaveBuyLinks(ctx context.Context, gtin, party, account string, links []content.BuyLink) error
}

// Pictures keeps parties' pictures.
type Pictures interface {
	SavePicture(ctx context.Context, party, account string, p record.Picture, most int) (bool, error)
}

// MaxPicture is the largest picture that is taken, in bytes.
const MaxPicture = photo.MaxBytes

// Sizes of pictures in pixels, the longer side, and how many a party may have.
const (
	largePicture = 1200
	smallPicture = 240
	maxPictures  = 300
)

// PictureKept says under which id a picture is kept, and how large it is now.
type PictureKept struct {
	ID     string `json:"id"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

// UploadPicture keeps a picture of the caller's party, drawn anew. Errors:
// PICTURE_INVALID, PICTURE_LIMIT.
func (s *Service) UploadPicture(ctx context.Context, c service.Caller, file []byte) (PictureKept, error) {
	var sizes []photo.Sized
	err := s.Decoding.Do(ctx, c.Party, photo.Weigh(file), func() (err error) {
		sizes, err = photo.Fit(file, largePicture, smallPicture)
		return err
	})
	if errors.Is(err, share.ErrNever) {
		err = photo.ErrTooLarge
	}
	if err != nil {
		return PictureKept{}, photo.Refused(service.PictureInvalid, "file", err)
	}
	p := record.Picture{ID: sha256.Sum256(sizes[0].JPEG), Large: sizes[0], Small: sizes[1]}
	kept := PictureKept{ID: fmt.Sprintf("%x", p.ID), Width: p.Large.Width, Height: p.Large.Height}
	if err := s.Writer.Audit(ctx, c, "picture_upload", kept); err != nil {
		return PictureKept{}, err
	}
	ok, err := s.Pictures.SavePicture(ctx, c.Party, c.Account, p, maxPictures)
	if err == nil && !ok {
		err = service.Refuse(service.PictureLimit, "file", "most_pictures", "most", maxPictures)
	}
	return kept, err
}

// Presentation gives a product's presentation to the product's owner and to
// those who see all.
func (s *Service) Presentation(ctx context.Context, c service.Caller, gtin string) (record.Presentation, error) {
	p, err := s.Sight.Product(ctx, gtin)
	if p, err = service.Found(p, c.SeesAll() || p.Owner == c.Party, err)(
		trace.ProductUnknown, "gtin", gtin,
	); err != nil {
		return record.Presentation{}, err
	}
	all, err := s.Presentations.Presentation(ctx, p.GTIN)
	if err != nil {
		return all, err
	}
	for i, v := range all.Versions {
		all.Versions[i].Preview = s.previewOf(v.Preview)
	}
	if all.Unsaved, err = s.Presentations.PresentationLook(ctx, p.GTIN, c.Account); all.Unsaved != nil {
		all.Unsaved.Preview = s.previewOf(all.Unsaved.Preview)
	}
	return all, err
}

func (s *Service) previewOf(name string) string { return s.page("/previews/" + name) }

// Pages is where the verifier's pages are: scheme and host.
func (s *Service) Pages() string { return s.page("") }

// page is the address of one of the verifier's pages.
func (s *Service) page(path string) string {
	base := strings.ToLower(strings.TrimSuffix(s.URIBase, "/"))
	if !strings.Contains(base, "://") {
		base = "https://" + base
	}
	return base + path
}

// SetPresentation saves the next version of how a product of the caller's is
// presented, and shows it unless it is a draft.
func (s *Service) SetPresentation(
	ctx context.Context, c service.Caller, gtin string, p content.Presentation,
) (record.Presentation, error) {
	product, err := s.ownProduct(ctx, c, gtin)
	if err != nil {
		return record.Presentation{}, err
	}
	publish, after := !p.Draft, p.After
	if p, err = s.cleanPresentation(ctx, p); err != nil {
		return record.Presentation{}, err
	}
	if err := s.Writer.Audit(
		ctx, c, "presentation_save", map[string]any{"gtin": product.GTIN, "shown": publish},
	); err != nil {
		return record.Presentation{}, err
	}
	ok, err := s.Presentations.SavePresentation(ctx, product.GTIN, c.Party, c.Account, newPreview(), p, publish, after)
	if err == nil && !ok {
		err = errNotUploaded
	}
	if err != nil {
		return record.Presentation{}, service.ChangedError(err, "after")
	}
	return s.Presentation(ctx, c, product.GTIN)
}

var errNotUploaded = service.Refuse(trace.FieldInvalid, "pictures", "picture_first")

func newPreview() string { return strings.ToLower(rand.Text()) }

// cleanPresentation gives a presentation as it is kept. Errors: *trace.Error that names the field.
func (s *Service) cleanPresentation(ctx context.Context, p content.Presentation) (content.Presentation, error) {
	p.Draft, p.After = false, 0
	p, err := p.Clean()
	if err != nil {
		return p, err
	}
	return p, s.checkNamed(ctx, p)
}

// PresentationPreview is the page on which a presentation is looked at.
type PresentationPreview struct {
	Preview string `json:"preview"`
}

// PreviewPresentation keeps what the caller is writing of a presentation, in place
// of what he wrote before, and says where he sees it as shoppers would. It is no
// version, and goes a week after it was last written, or once he saves one.
func (s *Service) PreviewPresentation(
	ctx context.Context, c service.Caller, gtin string, p content.Presentation,
) (PresentationPreview, error) {
	product, err := s.ownProduct(ctx, c, gtin)
	if err != nil {
		return PresentationPreview{}, err
	}
	if p, err = s.cleanPresentation(ctx, p); err != nil {
		return PresentationPreview{}, err
	}
	name, err := s.Presentations.LookAtPresentation(ctx, product.GTIN, c.Party, c.Account, newPreview(), p)
	if err == nil && name == "" {
		err = errNotUploaded
	}
	return PresentationPreview{s.previewOf(name)}, err
}

// ForgetPresentation forgets what the caller wrote of a presentation and did not save.
func (s *Service) ForgetPresentation(ctx context.Context, c service.Caller, gtin string) error {
	product, err := s.ownProduct(ctx, c, gtin)
	if err != nil {
		return err
	}
	return s.Presentations.ForgetPresentationLook(ctx, product.GTIN, c.Account)
}

// ownProduct gives a product to its owner alone, who must be in good standing.
func (s *Service) ownProduct(ctx context.Context, c service.Caller, gtin string) (record.Product, error) {
	p, err := s.Sight.Product(ctx, gtin)
	if p, err = service.Found(p, p.Owner == c.Party, err)(trace.ProductUnknown, "gtin", gtin); err != nil {
		return p, err
	}
	return p, s.mustStandWell(ctx, c.Party)
}

// mustStandWell refuses a party that may not do business today: what it says is
// not brought before shoppers either.
func (s *Service) mustStandWell(ctx context.Context, party string) error {
	p, err := service.Found(s.Parties.Party(ctx, party))(trace.PartyUnknown, "seller", party)
	if err != nil {
		return err
	}
	switch standing := p.StandingOn(s.Writer.Today()); standing {
	case trace.Standing(trace.StatusQualified):
		return nil
	case trace.StandingLapsed:
		return service.Refuse(trace.PartyLapsed, "", "lapsed", "party", p.ID)
	case trace.Standing(trace.StatusApplied):
		return service.Refuse(trace.PartyUnqualified, "", "waits_for_platform", "party", p.ID)
	default:
		return service.Refuse(trace.PartySuspended, "", "party_is", "party", p.ID, "status", standing)
	}
}

// checkNamed looks at the pictures and looks up the sellers that a presentation names.
func (s *Service) checkNamed(ctx context.Context, p content.Presentation) error {
	var ids []string
	for _, picture := range p.Pictures {
		ids = append(ids, picture.ID)
	}
	slices.Sort(ids)
	if ids = slices.Compact(ids); len(ids) < len(p.Pictures) {
		return service.Refuse(trace.FieldInvalid, "pictures", "picture_twice")
	}
	for i, link := range p.Buy {
		if link.Seller == "" {
			continue
		}
		_, known, err := s.Parties.Party(ctx, link.Seller)
		if err == nil && !known {
			err = service.Refuse(trace.FieldInvalid, fmt.Sprintf("buy[%d].seller", i), "no_such_party")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// PublishPresentation shows a version that was saved before: a draft, or an
// earlier one, which takes back what came after it.
func (s *Service) PublishPresentation(
	ctx context.Context, c service.Caller, gtin string, version int,
) (record.Presentation, error) {
	product, err := s.ownProduct(ctx, c, gtin)
	if err != nil {
		return record.Presentation{}, err
	}
	if err := s.Writer.Audit(
		ctx, c, "presentation_publish", map[string]any{"gtin": product.GTIN, "version": version},
	); err != nil {
		return record.Presentation{}, err
	}
	ok, err := s.Presentations.Publish(ctx, product.GTIN, version, c.Account)
	if _, err = service.Found(version, ok, err)(
		service.PresentationUnknown, "version", strconv.Itoa(version),
	); err != nil {
		return record.Presentation{}, err
	}
	return s.Presentation(ctx, c, product.GTIN)
}

const maxHideReason = 500

// HidePresentation takes a presentation down for a reason that its owner reads.
func (s *Service) HidePresentation(
	ctx context.Context, c service.Caller, gtin, reason string,
) (record.Presentation, error) {
	if err := service.CheckSaid("reason", reason, maxHideReason); err != nil {
		return record.Presentation{}, err
	}
	product, err := s.Sight.Product(ctx, gtin)
	if err != nil {
		return record.Presentation{}, err
	}
	if err := s.Writer.Audit(
		ctx, c, "presentation_hide", map[string]string{"gtin": product.GTIN, "reason": reason},
	); err != nil {
		return record.Presentation{}, err
	}
	ok, err := s.Presentations.HidePresentation(ctx, product.GTIN, reason, c.Account)
	if _, err = service.Found(gtin, ok, err)(service.PresentationUnknown, "gtin", product.GTIN); err != nil {
		return record.Presentation{}, err
	}
	return s.Presentation(ctx, c, product.GTIN)
}

// BuyLinks gives where the caller's party says that it sells a product.
func (s *Service) BuyLinks(ctx context.Context, c service.Caller, gtin string) (record.BuyLinks, error) {
	product, err := s.handled(ctx, c.Party, gtin)
	if err != nil {
		return record.BuyLinks{}, err
	}
	links, err := s.Presentations.BuyLinks(ctx, product.GTIN, c.Party)
	if links == nil {
		links = []content.BuyLink{}
	}
	return record.BuyLinks{GTIN: product.GTIN, Party: c.Party, Links: links}, err
}

// SetBuyLinks replaces where the caller's party sells a product that it has, or
// has had, in hand.
func (s *Service) SetBuyLinks(
	ctx context.Context, c service.Caller, gtin string, links []content.BuyLink,
) (record.BuyLinks, error) {
	product, err := s.handled(ctx, c.Party, gtin)
	if err != nil {
		return record.BuyLinks{}, err
	}
	if links, err = content.CleanBuy(links); err != nil {
		return record.BuyLinks{}, err
	}
	if slices.ContainsFunc(links, func(l content.BuyLink) bool { return l.Seller != "" && l.Seller != c.Party }) {
		return record.BuyLinks{}, service.Refuse(trace.FieldInvalid, "links.seller", "own_links")
	}
	if err := s.mustStandWell(ctx, c.Party); err != nil {
		return record.BuyLinks{}, err
	}
	if err := s.Writer.Audit(ctx, c, "buy_links_save", map[string]string{"gtin": product.GTIN}); err != nil {
		return record.BuyLinks{}, err
	}
	if err := s.Presentations.SaveBuyLinks(ctx, product.GTIN, c.Party, c.Account, links); err != nil {
		return record.BuyLinks{}, err
	}
	return s.BuyLinks(ctx, c, product.GTIN)
}

// handled gives a product that a party makes, has or has had.
func (s *Service) handled(ctx context.Context, party, gtin string) (record.Product, error) {
	p, err := s.Sight.Product(ctx, gtin)
	if err != nil || p.Owner == party {
		return p, err
	}
	batches, err := s.Goods.Batches(ctx, record.BatchFilter{GTIN: p.GTIN, SeenBy: party}, record.Paging{Limit: 1})
	if err == nil && len(batches.Items) == 0 {
		err = service.Refuse(service.GoodsNotHandled, "gtin", "never_handled", "party", party)
	}
	return p, err
}
