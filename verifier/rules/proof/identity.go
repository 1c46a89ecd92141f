package proof

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"math/big"
	"slices"
	"time"

	"github.com/hyperledger/fabric-protos-go-apiv2/msp"
	"google.golang.org/protobuf/proto"
)

// The roles of identities (Fabric's node OUs), as their certificates carry them in the subject's organisational unit.
const (
	rolePeer    = "peer"
	roleOrderer = "orderer"
)

// identity is a signer whose certificate was checked.
type identity struct {
	msp      string
	cert     *x509.Certificate
	from, to time.Time // when it is admitted, if at all
}

// identify reads a serialized identity and checks its certificate as of a moment. An empty role means any.
func (a anchors) identify(serialized []byte, at time.Time, role string) (identity, error) {
	return a.checked.get(serialized, at, role, func() (identity, error) {
		var id msp.SerializedIdentity
		if err := proto.Unmarshal(serialized, &id); err != nil {
			return identity{}, ReasonIdentityUnreadable
		}
		der, err := decodePEM(string(id.GetIdBytes()), "CERTIFICATE")
		if err != nil {
			return identity{}, ReasonCertificateUnreadable
		}
		return a.admit(id.GetMspid(), der, at, role)
	})
}

// certificate does as identify, of a certificate in DER.
func (a anchors) certificate(mspID string, der []byte, at time.Time, role string) (identity, error) {
	return a.checked.get(der, at, role, func() (identity, error) { return a.admit(mspID, der, at, role) })
}

func (a anchors) admit(mspID string, der []byte, at time.Time, role string) (identity, error) {
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return identity{}, ReasonCertificateUnreadable
	}
	org, known := a.orgs[mspID]
	if !known {
		return identity{}, ReasonOrganisationUnknown
	}
	if err := org.admits(cert, at, role); err != nil {
		return identity{}, err
	}
	from, to := org.window(cert, at)
	return identity{mspID, cert, from, to}, nil
}

// window is for how long around the moment, at which it is admitted, the certificate and one that issued it hold.
func (o organization) window(cert *x509.Certificate, at time.Time) (from, to time.Time) {
	for _, root := range o.roots {
		if issued(root, cert) && !at.Before(root.NotBefore) && !at.After(root.NotAfter) {
			from, to = cert.NotBefore, cert.NotAfter
			if root.NotBefore.After(from) {
				from = root.NotBefore
			}
			if root.NotAfter.Before(to) {
				to = root.NotAfter
			}
			return from, to
		}
	}
	return at, at
}

// admits checks that one of the organisation's anchors issued the certificate, that both were valid
// then, that it is not revoked, and that it is for the role.
func (o organization) admits(cert *x509.Certificate, at time.Time, role string) error {
	key, ok := cert.PublicKey.(*ecdsa.PublicKey)
	switch {
	case !ok || key.Curve != elliptic.P256():
		return ReasonKeyUnsupported
	case !slices.ContainsFunc(o.roots, func(root *x509.Certificate) bool { return issued(root, cert) }):
		return ReasonNotIssued
	case at.Before(cert.NotBefore) || at.After(cert.NotAfter):
		return ReasonCertificateTime
	case !slices.ContainsFunc(o.roots, func(root *x509.Certificate) bool {
		return issued(root, cert) && !at.Before(root.NotBefore) && !at.After(root.NotAfter)
	}):
		return ReasonIssuerTime
	case o.revoked[revocationKey(cert.RawIssuer, cert.SerialNumber)]:
		return ReasonRevoked
	case len(cert.UnhandledCriticalExtensions) > 0 || cert.IsCA:
		return ReasonNotForSigning
	case role != "" && !slices.Contains(cert.Subject.OrganizationalUnit, role):
		return ReasonWrongRole
	}
	return nil
}

func issued(root, cert *x509.Certificate) bool {
	return bytes.Equal(root.RawSubject, cert.RawIssuer) && cert.CheckSignatureFrom(root) == nil
}

// halfOrder is the largest s that Fabric takes: of the two signatures (r, s) and (r, -s) it admits one.
var halfOrder = new(big.Int).Rsh(elliptic.P256().Params().N, 1)

// signed checks an ECDSA signature over the parts, one after another.
func (id identity) signed(signature []byte, parts ...[]byte) error {
	var point struct{ R, S *big.Int }
	if rest, err := asn1.Unmarshal(signature, &point); err != nil || len(rest) > 0 {
		return ReasonSignatureMalformed
	}
	if point.S.Cmp(halfOrder) > 0 {
		return ReasonSignatureForm
	}
	hash := sha256.New()
	for _, part := range parts {
		hash.Write(part)
	}
	if !ecdsa.VerifyASN1(id.cert.PublicKey.(*ecdsa.PublicKey), hash.Sum(nil), signature) {
		return ReasonSignatureWrong
	}
	return nil
}
