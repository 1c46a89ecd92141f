package enrol

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/touchstone-trace/touchstone/network/topology"
)

// authority is one organisation's Fabric CA. The registrar's identity lives in
// memory only and is enrolled anew by each process.
type authority struct {
	org    topology.OrgProfile
	roots  *x509.CertPool // that the organisation's identities must descend from
	client *http.Client

	mu        sync.Mutex
	registrar *credential
}

// credential is what signs a request to the CA.
type credential struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority(org topology.OrgProfile) (*authority, error) {
	tlsRoots, err := readRoots(org.CA.TLSCAFile)
	if err != nil {
		return nil, err
	}
	roots, err := readRoots(org.CertCA)
	if err != nil {
		return nil, err
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: tlsRoots, MinVersion: tls.VersionTLS12}}
	return &authority{
		org:    org,
		roots:  roots,
		client: &http.Client{Transport: transport, Timeout: 15 * time.Second},
	}, nil
}

func readRoots(file string) (*x509.CertPool, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("%s holds no PEM certificate", file)
	}
	return pool, nil
}

// enrol registers an identity and has a new key certified. That it is
// registered already does not matter where the secret fits.
func (a *authority) enrol(ctx context.Context, r Request, secret string) (*ecdsa.PrivateKey, *x509.Certificate, error) {
	registered := a.register(ctx, r, secret)
	key, cert, err := a.certify(r.Name, func(csr string) (*enrolment, error) {
		var e enrolment
		return &e, a.call(ctx, "/api/v1/enroll", basic(r.Name, secret), a.certificateRequest(csr), &e)
	})
	if err != nil {
		return nil, nil, errors.Join(registered, err)
	}
	return key, cert, nil
}

// renew has a new key certified on the strength of the present certificate.
func (a *authority) renew(ctx context.Context, id Identity) (*ecdsa.PrivateKey, *x509.Certificate, error) {
	return a.certify(id.Name, func(csr string) (*enrolment, error) {
		var e enrolment
		return &e, a.call(
			ctx, "/api/v1/reenroll", token(credential{id.Certificate, id.Key}), a.certificateRequest(csr), &e,
		)
	})
}

func (a *authority) register(ctx context.Context, r Request, secret string) error {
	as, err := a.asRegistrar(ctx)
	if err != nil {
		return err
	}
	body := registration{ID: r.Name, Type: "client", Secret: secret, MaxEnrollments: -1, CAName: a.org.CA.Name}
	for name, value := range r.Attributes {
		body.Attributes = append(body.Attributes, attribute{name, value, true})
	}
	return a.call(ctx, "/api/v1/register", token(*as), body, nil)
}

// asRegistrar enrols the CA's administrator with the secret from its file.
func (a *authority) asRegistrar(ctx context.Context) (*credential, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.registrar != nil && !due(a.registrar.cert, time.Now()) {
		return a.registrar, nil
	}
	secret, err := os.ReadFile(a.org.CA.RegistrarSecretFile)
	if err != nil {
		return nil, fmt.Errorf("registrar's secret: %w", err)
	}
	key, cert, err := a.certify(a.org.CA.Registrar, func(csr string) (*enrolment, error) {
		var e enrolment
		who := basic(a.org.CA.Registrar, strings.TrimSpace(string(secret)))
		return &e, a.call(ctx, "/api/v1/enroll", who, a.certificateRequest(csr), &e)
	})
	if err != nil {
		return nil, fmt.Errorf("enrol the registrar: %w", err)
	}
	a.registrar = &credential{cert, key}
	return a.registrar, nil
}

// certify makes a key, has it certified by ask, and checks what comes back.
func (a *authority) certify(
	name string, ask func(csr string) (*enrolment, error),
) (*ecdsa.PrivateKey, *x509.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	der, err := x509.CreateCertificateRequest(
		rand.Reader, &x509.CertificateRequest{Subject: pkix.Name{CommonName: name}}, key,
	)
	if err != nil {
		return nil, nil, err
	}
	answer, err := ask(string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE REQUEST", Bytes: der})))
	if err != nil {
		return nil, nil, err
	}
	cert, err := parseCertificate(answer.Cert)
	if err != nil {
		return nil, nil, fmt.Errorf("the CA's answer: %w", err)
	}
	return key, cert, a.check(cert, key, name)
}

func (a *authority) check(cert *x509.Certificate, key *ecdsa.PrivateKey, name string) error {
	if cert.Subject.CommonName != name || !key.PublicKey.Equal(cert.PublicKey) {
		return fmt.Errorf("the CA certified %q with another key or name than asked", cert.Subject.CommonName)
	}
	// The CA's own attribute extension is of no concern to Go's verification.
	_, err := cert.Verify(x509.VerifyOptions{Roots: a.roots, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}})
	return err
}
