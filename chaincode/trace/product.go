package trace

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
)

// Product is a kind of goods, named by its GTIN-14. ShelfLifeDays is 0 where
// goods of its kind do not expire. InspectionRequired says that the category
// needs an inspection before goods leave the producer.
type Product struct {
	GTIN               string `json:"gtin"`
	Name               Text   `json:"name"`
	Brand              string `json:"brand"`
	Category           string `json:"category,omitempty"`
	Specification      string `json:"specification,omitempty"`
	Origin             string `json:"origin,omitempty"`
	ShelfLifeDays      int    `json:"shelfLifeDays,omitempty"`
	InspectionRequired bool   `json:"inspectionRequired,omitempty"`
	Owner              string `json:"owner"`

	Corrections []Correction `json:"corrections,omitempty"`
}

func (x Product) object() Object { return Object{"product", x.GTIN, x} }

// MaxShelfLifeDays bounds a shelf life: a hundred years.
const MaxShelfLifeDays = 36500

// ParseGTIN reads a GTIN of 8, 12, 13 or 14 digits and gives its 14-digit form.
// Errors: GTIN_MISSING, GTIN_INVALID, GTIN_CHECK_DIGIT, all on the field "gtin".
func ParseGTIN(s string) (string, error) {
	if s == "" {
		return "", Refuse(GTINMissing, "gtin", "no_gtin")
	}
	g, err := gs1.ParseGTIN(s)
	if errors.Is(err, gs1.ErrCheckDigit) {
		return "", Refuse(GTINCheckDigit, "gtin", "check_digit")
	}
	if err != nil {
		return "", Refuse(GTINInvalid, "gtin", "gtin_digits")
	}
	return string(g), nil
}

// checkGTIN14 takes nothing but a valid GTIN in its 14-digit form.
func checkGTIN14(field, gtin string) error {
	g, err := ParseGTIN(gtin)
	if err == nil && g != gtin {
		err = Refuse(GTINInvalid, field, "gtin_14", "gtin", g)
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.At(field)
	}
	return err
}

// Check validates the product's own fields; the GTIN must be in its 14-digit form.
func (p Product) Check() error {
	if err := checkGTIN14("gtin", p.GTIN); err != nil {
		return err
	}
	if p.GTIN[0] == '9' {
		return Refuse(GTINInvalid, "gtin", "indicator_9")
	}
	if strings.TrimSpace(p.Name.ZhCN) == "" {
		return Refuse(NameMissing, "name.zh-CN", "no_chinese_name")
	}
	if utf8.RuneCountInString(p.Name.ZhCN) > maxName {
		return Refuse(NameTooLong, "name.zh-CN", "at_most_characters", "most", maxName)
	}
	if utf8.RuneCountInString(p.Name.En) > maxName {
		return Refuse(NameTooLong, "name.en", "at_most_characters", "most", maxName)
	}
	if p.ShelfLifeDays < 0 || p.ShelfLifeDays > MaxShelfLifeDays {
		return Refuse(ShelfLife, "shelfLifeDays", "shelf_life", "most", MaxShelfLifeDays)
	}
	return firstError(p.Name.check("name", maxName), required("brand", p.Brand, maxShort),
		checkText("category", p.Category, maxShort), checkText("specification", p.Specification, maxShort),
		checkText("origin", p.Origin, maxShort), required("owner", p.Owner, maxShort))
}

// MayRegister says whether the party may register goods under the GTIN's
// company prefix on that day: as the prefix's owner or with a valid
// authorisation. It is the rule that keeps somebody else's goods out.
func (p Party) MayRegister(gtin string, today Date) error {
	if p.mayRegister(gtin, today) {
		return nil
	}
	for _, prefix := range p.Prefixes {
		if gs1.GTIN(gtin).HasCompanyPrefix("0" + prefix) {
			return Refuse(PrefixNotOwned, "gtin", "prefix_lacks_zero", "gtin", gtin, "prefix", prefix)
		}
	}
	return Refuse(PrefixNotOwned, "gtin", "no_prefix", "gtin", gtin, "party", p.ID)
}

func (p Party) mayRegister(gtin string, today Date) bool {
	return p.OwnsPrefix(gtin) || slices.ContainsFunc(p.Authorisations, func(a Authorisation) bool {
		return gs1.GTIN(gtin).HasCompanyPrefix(a.Prefix) && !a.ValidTo.Expired(today)
	})
}

// OwnsPrefix reports whether the GTIN is under a company prefix of the party's own.
func (p Party) OwnsPrefix(gtin string) bool {
	return slices.ContainsFunc(p.Prefixes, gs1.GTIN(gtin).HasCompanyPrefix)
}

// Authorisation gives the party's authorisation for the GTIN's company prefix,
// of several the one that lasts longest, whether or not it has ended.
func (p Party) Authorisation(gtin string) (longest Authorisation, found bool) {
	for _, a := range p.Authorisations {
		if !gs1.GTIN(gtin).HasCompanyPrefix(a.Prefix) {
			continue
		}
		if !found || longest.ValidTo != "" && (a.ValidTo == "" || a.ValidTo > longest.ValidTo) {
			longest, found = a, true
		}
	}
	return longest, found
}
