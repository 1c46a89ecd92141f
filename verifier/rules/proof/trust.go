package proof

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/network/trust"
)

// Trust is what a checker believes before it looks at a bundle (see package trust).
type Trust = trust.Network

// anchors is Trust, read.
type anchors struct {
	Trust
	orgs       map[string]organization
	consenters map[uint32][]byte // DER
	checked    *checked          // nil: every certificate is checked each time
}

type organization struct {
	roots   []*x509.Certificate
	revoked map[string]bool // issuer's raw name and serial number
}

// ReadTrust reads a trust file. Its errors name the field.
func ReadTrust(data []byte) (Trust, error) {
	var t Trust
	if err := trace.Unmarshal(data, &t); err != nil {
		return t, fmt.Errorf("trust: %w", err)
	}
	_, err := anchorsOf(t)
	return t, err
}

// anchorsOf reads the certificates and lists, and refuses a trust that would let anything pass.
func anchorsOf(t Trust) (anchors, error) {
	a := anchors{Trust: t, orgs: map[string]organization{}, consenters: map[uint32][]byte{}}
	if a.At.IsZero() {
		a.At = time.Now()
	}
	if err := check(t); err != nil {
		return a, err
	}
	for _, o := range t.Organizations {
		org, err := readOrganization(o, a.At)
		if err != nil {
			return a, fmt.Errorf("trust: organizations: %s: %w", o.MSP, err)
		}
		a.orgs[o.MSP] = org
	}
	for _, c := range t.Ordering.Consenters {
		der, err := decodePEM(c.Certificate, "CERTIFICATE")
		if err != nil || a.consenters[c.ID] != nil {
			return a, fmt.Errorf(
				"trust: ordering.consenters: %d: each needs a number of its own and a certificate in PEM", c.ID,
			)
		}
		a.consenters[c.ID] = der
	}
	return a, nil
}

func check(t Trust) error {
	switch {
	case t.Version != trust.Version:
		return fmt.Errorf("trust: version: it must be %q", trust.Version)
	case t.Channel == "" || t.Chaincode == "":
		return errors.New("trust: channel and chaincode must be named")
	case t.Endorsement.Required < 1 || t.Endorsement.Required > len(t.Endorsement.Organizations):
		return errors.New("trust: endorsement.required: from 1 to the number of organizations")
	case t.Ordering.Required < 1 || t.Ordering.Organization == "":
		return errors.New("trust: ordering: name its organization, and how many must sign, at least 1")
	}
	return nil
}

func readOrganization(o trust.Organization, at time.Time) (organization, error) {
	org := organization{revoked: map[string]bool{}}
	for _, text := range o.Roots {
		der, err := decodePEM(text, "CERTIFICATE")
		if err != nil {
			return org, err
		}
		root, err := x509.ParseCertificate(der)
		if err != nil {
			return org, fmt.Errorf("roots: %w", err)
		}
		org.roots = append(org.roots, root)
	}
	if len(org.roots) == 0 {
		return org, errors.New("roots: at least one certificate")
	}
	for _, text := range o.Revoked {
		if err := org.revoke(text, at); err != nil {
			return org, fmt.Errorf("revoked: %w", err)
		}
	}
	return org, nil
}

// revoke adds a list, which one of the roots must have signed.
func (o *organization) revoke(text string, at time.Time) error {
	der, err := decodePEM(text, "X509 CRL")
	if err != nil {
		return err
	}
	list, err := x509.ParseRevocationList(der)
	if err != nil {
		return err
	}
	for _, root := range o.roots {
		if string(list.RawIssuer) != string(root.RawSubject) || list.CheckSignatureFrom(root) != nil {
			continue
		}
		for _, e := range list.RevokedCertificateEntries {
			if !e.RevocationTime.After(at) {
				o.revoked[revocationKey(list.RawIssuer, e.SerialNumber)] = true
			}
		}
		return nil
	}
	return errors.New("the list is not signed by one of the roots")
}

func revocationKey(issuer []byte, serial *big.Int) string { return string(issuer) + serial.String() }

func decodePEM(text, kind string) ([]byte, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil || block.Type != kind {
		return nil, fmt.Errorf("not PEM with a %s in it", kind)
	}
	return block.Bytes, nil
}
