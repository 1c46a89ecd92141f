package enrol

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

func testIdentity(t *testing.T) Identity {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		Subject:      pkix.Name{CommonName: "maker"},
		NotBefore:    now,
		NotAfter:     now.AddDate(1, 0, 0),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return Identity{"maker", "ProducerMSP", "maker", cert, key}
}

func sealing(t *testing.T, id Identity) (sealer, record.SealedIdentity) {
	t.Helper()
	s, err := newSealer(newKey())
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := s.close(id)
	if err != nil {
		t.Fatal(err)
	}
	return s, sealed
}

func TestSealedKeyOpensAgain(t *testing.T) {
	id := testIdentity(t)
	s, sealed := sealing(t, id)
	got, err := s.open(sealed)
	if err != nil || !got.Key.Equal(id.Key) || !got.Certificate.Equal(id.Certificate) {
		t.Fatalf("%+v, %v", got, err)
	}
	if raw, err := id.Key.Bytes(); err != nil || bytes.Contains(sealed.SealedKey, raw) {
		t.Error("the private key is readable")
	}
	if again, _ := s.close(id); bytes.Equal(again.SealedKey, sealed.SealedKey) {
		t.Error("sealed twice with the same nonce")
	}
}

func TestSealedKeyRefuses(t *testing.T) {
	id := testIdentity(t)
	for name, spoil := range map[string]func(*sealer, *record.SealedIdentity){
		"another party's row": func(_ *sealer, r *record.SealedIdentity) { r.Party = "shop" },
		"another MSP":         func(_ *sealer, r *record.SealedIdentity) { r.MSP = "PlatformMSP" },
		"another name":        func(_ *sealer, r *record.SealedIdentity) { r.Name = "operator" },
		"a changed key":       func(_ *sealer, r *record.SealedIdentity) { r.SealedKey[20] ^= 1 },
		"a cut key":           func(_ *sealer, r *record.SealedIdentity) { r.SealedKey = r.SealedKey[:5] },
		"no key":              func(_ *sealer, r *record.SealedIdentity) { r.SealedKey = nil },
		"another wallet key":  func(s *sealer, _ *record.SealedIdentity) { *s, _ = newSealer(newKey()) },
		"another certificate": func(_ *sealer, r *record.SealedIdentity) {
			_, o := sealing(t, testIdentity(t))
			r.Certificate = o.Certificate
		},
		"no certificate": func(_ *sealer, r *record.SealedIdentity) { r.Certificate = nil },
	} {
		t.Run(name, func(t *testing.T) {
			s, sealed := sealing(t, id)
			spoil(&s, &sealed)
			if got, err := s.open(sealed); err == nil {
				t.Errorf("opened as %+v", got)
			}
		})
	}
}

func TestWalletKeySize(t *testing.T) {
	for _, n := range []int{0, 16, 31, 33} {
		if _, err := newSealer(make([]byte, n)); err == nil || !strings.Contains(err.Error(), "32") {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
}

// An enrolment secret is the same in every gateway, and of one identity only.
func TestEnrolmentSecrets(t *testing.T) {
	key := newKey()
	one, _ := newSealer(key)
	two, _ := newSealer(key)
	other, _ := newSealer(newKey())
	secret := one.secret("ProducerMSP", "maker")
	if two.secret("ProducerMSP", "maker") != secret {
		t.Error("two gateways have two secrets")
	}
	for _, s := range []string{one.secret("ProducerMSPm", "aker"), one.secret("PlatformMSP", "maker"), other.secret("ProducerMSP", "maker")} {
		if s == secret {
			t.Error("two identities share a secret")
		}
	}
}

func TestDue(t *testing.T) {
	cert := testIdentity(t).Certificate
	if due(cert, cert.NotBefore.AddDate(0, 8, 0)) || !due(cert, cert.NotBefore.AddDate(0, 10, 0)) {
		t.Error("a certificate is renewed in the last quarter of its life")
	}
}

func FuzzReadAnswer(f *testing.F) {
	f.Add([]byte(`{"success":true,"result":{"Cert":"aGk="},"errors":[]}`))
	f.Add([]byte(`{"success":false,"errors":[{"code":74,"message":"already registered"}]}`))
	f.Add([]byte(`<html>`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var e enrolment
		if err := readAnswer("/enroll", "200 OK", text, &e); err != nil && strings.Contains(err.Error(), "%!") {
			t.Error(err)
		}
	})
}

func newKey() []byte {
	key := make([]byte, KeySize)
	rand.Read(key) // never fails
	return key
}
