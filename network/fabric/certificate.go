package fabric

import (
	"crypto"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"os"
	"time"
)

// Lives is for how long certificates are made anew, from now on.
type Lives struct{ CA, Node time.Duration }

// DefaultLives are renewed in their last quarter.
var DefaultLives = Lives{CA: 10 * 365 * 24 * time.Hour, Node: 365 * 24 * time.Hour}

// due reports whether the last quarter of a life has begun.
func due(c *x509.Certificate, life time.Duration, now time.Time) bool {
	return c.NotAfter.Before(now.Add(life / 4))
}

// longer gives a certificate of the same name and key that begins when the old one
// did and ends later, though not after its issuer. So whatever was signed before
// stays valid under it, in channel configurations and in proofs, and what is signed
// from now on is valid under the old one as long as that lasts.
func longer(old, issuer *x509.Certificate, key crypto.Signer, end time.Time) (*x509.Certificate, error) {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		return nil, err
	}
	fresh := *old
	fresh.SerialNumber, fresh.NotAfter = serial, end
	if issuer == old {
		issuer = &fresh
	} else if issuer.NotAfter.Before(end) {
		fresh.NotAfter = issuer.NotAfter
	}
	der, err := x509.CreateCertificate(rand.Reader, &fresh, issuer, old.PublicKey, key)
	if err != nil {
		return nil, err
	}
	return x509.ParseCertificate(der)
}

// issuer is a CA with its key.
type issuer struct {
	certificate *x509.Certificate
	key         crypto.Signer
}

func readIssuer(certificateFile, keyFile string) (issuer, error) {
	certificate, err := readCertificate(certificateFile)
	if err != nil {
		return issuer{}, err
	}
	text, err := os.ReadFile(keyFile)
	if err != nil {
		return issuer{}, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return issuer{}, fmt.Errorf("%s holds no key in PEM", keyFile)
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	signer, ok := key.(crypto.Signer)
	if err != nil || !ok {
		return issuer{}, errors.Join(fmt.Errorf("%s holds no key that signs", keyFile), err)
	}
	return issuer{certificate, signer}, nil
}

func readCertificate(file string) (*x509.Certificate, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	c, err := parseCertificate(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return c, nil
}

func parseCertificate(text []byte) (*x509.Certificate, error) {
	block, _ := pem.Decode(text)
	if block == nil || block.Type != "CERTIFICATE" {
		return nil, errors.New("no certificate in PEM")
	}
	return x509.ParseCertificate(block.Bytes)
}

func asPEM(c *x509.Certificate) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})
}
