package access

import (
	"context"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// Keys keeps a party's API keys by the SHA-256 of each.
type Keys interface {
	AddKey(ctx context.Context, party string, k record.Key, hash [32]byte, most int) (bool, error)
	Keys(ctx context.Context, party string) ([]record.Key, error)
	RevokeKey(ctx context.Context, party, account string) (bool, error)
}

// maxKeys bounds the keys of a party that are not revoked.
const maxKeys = 50

// NewKey is what an owner says of a key: what it is for, and what it may do.
type NewKey struct {
	Label string      `json:"label"`
	Duty  record.Duty `json:"duty"`
}

// KeyCreated is a new key with its secret, which is shown this once.
type KeyCreated struct {
	record.Key
	APIKey string `json:"apiKey,omitempty"`
}

// ListKeys lists the API keys of the caller's party, revoked ones last.
func (d *Desk) ListKeys(ctx context.Context, c service.Caller) ([]record.Key, error) {
	return d.Keys.Keys(ctx, c.Party)
}

// CreateKey makes an API key with an account of its own.
func (d *Desk) CreateKey(ctx context.Context, c service.Caller, n NewKey) (KeyCreated, error) {
	label := strings.TrimSpace(n.Label)
	if label == "" || len([]rune(label)) > 60 {
		return KeyCreated{}, trace.Refuse(trace.FieldInvalid, "label", "too_long", "n", len([]rune(label)), "most", 60)
	}
	if err := checkPlain("label", label); err != nil {
		return KeyCreated{}, err
	}
	key := service.NewKey()
	k := record.Key{
		Account:   newAccount(c.Party),
		Label:     label,
		Duty:      n.Duty,
		MadeBy:    c.Account,
		CreatedAt: d.now().UTC(),
	}
	ok, err := d.Keys.AddKey(ctx, c.Party, k, service.HashKey(key), maxKeys)
	if err == nil && !ok {
		err = refuse(TeamLimit, "", "most_keys", "most", maxKeys)
	}
	if err != nil {
		return KeyCreated{}, err
	}
	return KeyCreated{Key: k, APIKey: key}, nil
}

// RevokeKey ends an API key of the caller's party for good.
func (d *Desk) RevokeKey(ctx context.Context, c service.Caller, account string) error {
	ok, err := d.Keys.RevokeKey(ctx, c.Party, account)
	if err == nil && !ok {
		err = refuse(KeyUnknown, "account", "none_to_see")
	}
	return err
}

// ReadLog reads the audit log: of the caller's party, and for those who see all
// of any or of everybody.
func (d *Desk) ReadLog(
	ctx context.Context, c service.Caller, f record.AuditFilter, p record.Paging,
) (record.Page[record.AuditEntry], error) {
	if !c.SeesAll() {
		f.Party = c.Party
	}
	for field, day := range map[string]trace.Date{"from": f.From, "to": f.To} {
		if day == "" {
			continue
		}
		if err := day.Check(field); err != nil {
			return record.Page[record.AuditEntry]{}, err
		}
	}
	return d.Log.AuditLog(ctx, f, p)
}
