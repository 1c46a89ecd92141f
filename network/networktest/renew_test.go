package networktest

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/network/fabric"
)

// Nodes whose certificates end within forty seconds go on working, since they are
// renewed in time; the CAs are renewed with them, in the channel too, so that a
// node that comes later trusts whom it should when the old ones have ended.
func TestCertificatesAreRenewed(t *testing.T) {
	n := Start(t, Options{Chaincode: register})
	n.mustPut("colour", "red")
	before := n.certificates()
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()

	n.Lives = fabric.Lives{CA: 20 * 365 * 24 * time.Hour, Node: 40 * time.Second}
	renewed, err := n.Renew(ctx, true)
	if err != nil || !renewed.CAs {
		t.Fatalf("%+v, %v", renewed, err)
	}
	n.mustPut("colour", "green")
	short := n.certificates()
	end := time.Now().Add(40 * time.Second)
	for path, old := range before {
		now := short[path]
		switch {
		case now == nil || now.SerialNumber.Cmp(old.SerialNumber) == 0:
			t.Errorf("%s was not renewed", path)
		case !now.NotBefore.Equal(old.NotBefore):
			t.Errorf(
				"%s begins at %s, want %s as before, so that what was signed stays valid",
				path,
				now.NotBefore,
				old.NotBefore,
			)
		case now.IsCA && !now.NotAfter.After(old.NotAfter), !now.IsCA && now.NotAfter.After(end):
			t.Errorf("%s ends at %s", path, now.NotAfter)
		}
	}
	if again, err := n.Fabric.RenewChannel(ctx); err != nil || again {
		t.Errorf("the channel lacks a CA still: %t, %v", again, err)
	}

	for time.Now().Before(end.Add(5 * time.Second)) {
		if _, err := n.Renew(ctx, false); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Second)
	}
	n.mustPut("colour", "blue")
	for path, c := range n.certificates() {
		if time.Now().After(c.NotAfter) {
			t.Errorf("%s has ended", path)
		}
	}
}

// certificates are all there are in the network's folder.
func (n *Network) certificates() map[string]*x509.Certificate {
	n.t.Helper()
	all := map[string]*x509.Certificate{}
	err := filepath.Walk(n.State.Network().Crypto(), func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() || !strings.HasSuffix(path, ".pem") && !strings.HasSuffix(path, ".crt") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		block, _ := pem.Decode(text)
		all[path], err = x509.ParseCertificate(block.Bytes)
		return err
	})
	if err != nil || len(all) == 0 {
		n.t.Fatalf("%d certificates, %v", len(all), err)
	}
	return all
}
