package record

import "time"

// SealedIdentity is an enrolled identity as it is stored: the certificate in
// PEM, the private key sealed (see gateway/enrol), readable only with the
// wallet's key.
type SealedIdentity struct {
	Party       string
	MSP         string
	Name        string
	Certificate []byte
	SealedKey   []byte
	ExpiresAt   time.Time
}
