package fabric

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"testing"
	"time"
)

var began = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func key(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// issued is a certificate of ten days from began on.
func issued(
	t *testing.T, name string, ca bool, k *ecdsa.PrivateKey, by *x509.Certificate, byKey *ecdsa.PrivateKey,
) *x509.Certificate {
	t.Helper()
	c := &x509.Certificate{
		SerialNumber:          big.NewInt(7),
		Subject:               pkix.Name{CommonName: name},
		NotBefore:             began,
		NotAfter:              began.AddDate(0, 0, 10),
		IsCA:                  ca,
		BasicConstraintsValid: true,
		SubjectKeyId:          []byte(name),
		DNSNames:              []string{name},
	}
	if by == nil {
		by = c
	}
	der, err := x509.CreateCertificate(rand.Reader, c, by, &k.PublicKey, byKey)
	if err == nil {
		c, err = x509.ParseCertificate(der)
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func holds(c, under *x509.Certificate, at time.Time) bool {
	roots := x509.NewCertPool()
	roots.AddCert(under)
	_, err := c.Verify(
		x509.VerifyOptions{Roots: roots, CurrentTime: at, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}},
	)
	return err == nil
}

// What was signed under the old certificate holds under the renewed one from its
// first second on, and what is renewed holds under the old CA while that lasts.
func TestARenewedCertificateTakesTheOldOnesPlace(t *testing.T) {
	caKey, nodeKey := key(t), key(t)
	oldCA := issued(t, "ca", true, caKey, nil, caKey)
	oldNode := issued(t, "peer0", false, nodeKey, oldCA, caKey)
	newCA, err := longer(oldCA, oldCA, caKey, began.AddDate(1, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	newNode, err := longer(oldNode, newCA, caKey, began.AddDate(2, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	if !newNode.NotAfter.Equal(newCA.NotAfter) {
		t.Errorf("the node's ends at %s, its CA's at %s", newNode.NotAfter, newCA.NotAfter)
	}
	if !nodeKey.PublicKey.Equal(newNode.PublicKey) || newNode.Subject.CommonName != "peer0" ||
		newNode.DNSNames[0] != "peer0" ||
		newNode.SerialNumber.Cmp(oldNode.SerialNumber) == 0 {
		t.Errorf("another key or name, or the same number: %v", newNode.Subject)
	}
	first, later, afterOld := began.Add(time.Second), began.AddDate(0, 0, 9), began.AddDate(0, 0, 11)
	for _, c := range []struct {
		what     string
		c, under *x509.Certificate
		at       time.Time
		want     bool
	}{
		{"an old node under the new CA, at its first second", oldNode, newCA, first, true},
		{"a new node under the old CA, while that lasts", newNode, oldCA, later, true},
		{"a new node under the old CA, after that has ended", newNode, oldCA, afterOld, false},
		{"an old node after its own end", oldNode, newCA, afterOld, false},
		{"a new node under the new CA", newNode, newCA, afterOld, true},
	} {
		if got := holds(c.c, c.under, c.at); got != c.want {
			t.Errorf("%s: %t", c.what, got)
		}
	}
}

func TestCertificatesAreDueInTheirLastQuarter(t *testing.T) {
	k := key(t)
	c := issued(t, "ca", true, k, nil, k) // ends on the 11th
	for day, want := range map[int]bool{2: false, 8: false, 9: true, 12: true} {
		if got := due(c, 10*24*time.Hour, began.AddDate(0, 0, day-1).Add(time.Hour)); got != want {
			t.Errorf("on day %d: %t", day, got)
		}
	}
}
