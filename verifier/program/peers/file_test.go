package peers_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/verifier/program/peers"
)

func identity(t *testing.T, serial int64) []byte {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.CreateCertificate(
		rand.Reader, &x509.Certificate{SerialNumber: big.NewInt(serial)}, &x509.Certificate{}, &key.PublicKey, key,
	)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	content, err := peers.Encode(peers.Identity{MSP: "PlatformMSP", Certificate: certificate, Key: key})
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// A renewed identity is used from the next question on.
func TestAnIdentityIsReadAgain(t *testing.T) {
	name := filepath.Join(t.TempDir(), "reader.json")
	var reader peers.Reader
	for serial := range int64(3) {
		if err := os.WriteFile(name, identity(t, serial+1), 0o600); err != nil {
			t.Fatal(err)
		}
		at := time.Now().Add(time.Duration(serial) * time.Second) // clocks of files are coarse
		if err := os.Chtimes(name, at, at); err != nil {
			t.Fatal(err)
		}
		if reader == nil {
			var err error
			if reader, err = peers.FromFile(name); err != nil {
				t.Fatal(err)
			}
		}
		id, err := reader(t.Context())
		if err != nil || id.MSP != "PlatformMSP" || id.Certificate.SerialNumber.Int64() != serial+1 ||
			!id.Key.PublicKey.Equal(id.Certificate.PublicKey) {
			t.Errorf("%d: %+v, %v", serial, id, err)
		}
	}
}

// What is wrong with a file is said without what is in it.
func TestNoIdentity(t *testing.T) {
	name := filepath.Join(t.TempDir(), "reader.json")
	for _, content := range []string{"", "hunter2", `{"msp": "P", "certificate": "hunter2"}`, strings.Replace(string(identity(t, 1)), "PRIVATE KEY-----", "PRIVATE KEY-----hunter2", 1)} {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := peers.FromFile(name); err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q: %v", content, err)
		}
	}
	if _, err := peers.FromFile(name + ".none"); err == nil {
		t.Error("a file that is not there is read")
	}
}
