package enrol

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"fmt"
)

// Box seals what parties entrust to the gateway, documents and webhooks'
// secrets, under a key of its own that follows from the wallet's. A label ties
// a sealed thing to its place: moved elsewhere, it does not open.
type Box struct{ gcm cipher.AEAD }

// NewBox makes a Box from the wallet's key.
func NewBox(walletKey []byte) (Box, error) {
	if len(walletKey) != KeySize {
		return Box{}, fmt.Errorf("the wallet's key has %d bytes; it must have %d", len(walletKey), KeySize)
	}
	key, err := hkdf.Key(sha256.New, walletKey, nil, "touchstone/box/v1", KeySize)
	if err != nil {
		return Box{}, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return Box{}, err
	}
	gcm, err := cipher.NewGCMWithRandomNonce(block)
	return Box{gcm}, err
}

// Seal encrypts with AES-256-GCM; the nonce is random and in front.
func (b Box) Seal(label string, plain []byte) []byte {
	return b.gcm.Seal(nil, nil, plain, []byte(label)) //nolint:gosec // this AEAD makes its own random nonce
}

// Open gives back what was sealed under the label.
func (b Box) Open(label string, sealed []byte) ([]byte, error) {
	plain, err := b.gcm.Open(nil, nil, sealed, []byte(label))
	if err != nil {
		return nil, errors.New("sealed with another wallet key, or not under this label")
	}
	return plain, nil
}
