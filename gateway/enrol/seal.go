package enrol

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdsa"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// sealer encrypts private keys under the wallet's key with AES-256-GCM. The
// additional data ties a sealed key to its party, MSP and name, so that one
// copied into another party's row does not open.
type sealer struct {
	gcm     cipher.AEAD
	secrets []byte
}

// KeySize is the length of a wallet's key in bytes.
const KeySize = 32

func newSealer(key []byte) (sealer, error) {
	if len(key) != KeySize {
		return sealer{}, fmt.Errorf("the wallet's key has %d bytes; it must have %d", len(key), KeySize)
	}
	keys, err := hkdf.Key(sha256.New, key, nil, "touchstone/wallet/v1", 2*KeySize)
	if err != nil {
		return sealer{}, err
	}
	block, err := aes.NewCipher(keys[:KeySize])
	if err != nil {
		return sealer{}, err
	}
	gcm, err := cipher.NewGCMWithRandomNonce(block)
	return sealer{gcm, keys[KeySize:]}, err
}

// secret is the enrolment secret of an identity, the same in every gateway: an
// enrolment that was broken off, or done twice at once, goes on where it stands.
func (s sealer) secret(msp, name string) string {
	mac := hmac.New(sha256.New, s.secrets)
	fmt.Fprintf(mac, "%d:%s%s", len(msp), msp, name)
	return hex.EncodeToString(mac.Sum(nil))
}

func additional(party, msp, name string) []byte {
	return []byte(strings.Join([]string{party, msp, name}, "\x00"))
}

// close seals an identity for storing; the nonce is random and in front.
func (s sealer) close(id Identity) (record.SealedIdentity, error) {
	key, err := x509.MarshalPKCS8PrivateKey(id.Key)
	if err != nil {
		return record.SealedIdentity{}, err
	}
	bound := additional(id.Party, id.MSP, id.Name)
	return record.SealedIdentity{
		Party:       id.Party,
		MSP:         id.MSP,
		Name:        id.Name,
		ExpiresAt:   id.Certificate.NotAfter,
		Certificate: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: id.Certificate.Raw}),
		SealedKey:   s.gcm.Seal(nil, nil, key, bound), //nolint:gosec // this AEAD makes its own random nonce
	}, nil
}

// open checks that key and certificate belong together.
func (s sealer) open(sealed record.SealedIdentity) (Identity, error) {
	fail := func(what string) (Identity, error) {
		return Identity{}, fmt.Errorf("identity of %s: %s", sealed.Party, what)
	}
	der, err := s.gcm.Open(nil, nil, sealed.SealedKey, additional(sealed.Party, sealed.MSP, sealed.Name))
	if err != nil {
		return fail("the stored key does not open with this wallet key; set the one it was sealed with")
	}
	parsed, err := x509.ParsePKCS8PrivateKey(der)
	key, ok := parsed.(*ecdsa.PrivateKey)
	if err != nil || !ok {
		return fail("the stored key is not an ECDSA key")
	}
	cert, err := parseCertificate(sealed.Certificate)
	if err != nil {
		return fail(err.Error())
	}
	if !key.PublicKey.Equal(cert.PublicKey) {
		return fail("the stored key and certificate do not belong together")
	}
	return Identity{sealed.Party, sealed.MSP, sealed.Name, cert, key}, nil
}

func parseCertificate(text []byte) (*x509.Certificate, error) {
	block, _ := pem.Decode(text)
	if block == nil || block.Type != "CERTIFICATE" {
		return nil, errors.New("not a PEM certificate")
	}
	return x509.ParseCertificate(block.Bytes)
}
