package networktest

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"os"
	"testing"

	"github.com/hyperledger/fabric-gateway/pkg/client"
	"github.com/hyperledger/fabric-gateway/pkg/hash"
	"github.com/hyperledger/fabric-gateway/pkg/identity"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"

	"github.com/touchstone-trace/touchstone/network/topology"
)

// A client that has nothing but the connection profile enrols with its
// organisation's CA, and is then served by its organisation's peer, which finds
// the second endorser by itself, as soon as the network has started.
func TestProfileLeadsToACommit(t *testing.T) {
	n := Start(t, Options{Chaincode: register})
	var profile topology.Profile
	if err := json.Unmarshal(read(t, n.ProfileFile()), &profile); err != nil {
		t.Fatal(err)
	}
	if len(profile.Orgs) != 3 {
		t.Fatalf("the profile names %d organisations", len(profile.Orgs))
	}
	for _, org := range profile.Orgs {
		t.Run(org.MSPID, func(t *testing.T) {
			certificate, key := enrol(t, org.CA)
			contract := connect(t, org, certificate, key).GetNetwork(profile.Channel).GetContract(profile.Chaincode)
			if _, err := contract.SubmitTransaction("put", "by", org.Name); err != nil {
				t.Fatal(err)
			}
			if got, err := contract.EvaluateTransaction("get", "by"); err != nil || string(got) != org.Name {
				t.Errorf("read back %q, %v", got, err)
			}
		})
	}
}

// enrol gets the registrar itself a certificate, by the CA's HTTP interface.
func enrol(t *testing.T, ca topology.CAProfile) (*x509.Certificate, *ecdsa.PrivateKey) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	csr, err := x509.CreateCertificateRequest(
		rand.Reader, &x509.CertificateRequest{Subject: pkix.Name{CommonName: ca.Registrar}}, key,
	)
	if err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(map[string]string{
		"caname":              ca.Name,
		"certificate_request": string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE REQUEST", Bytes: csr})),
	})
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(
		t.Context(), http.MethodPost, ca.URL+"/api/v1/enroll", bytes.NewReader(body),
	)
	if err != nil {
		t.Fatal(err)
	}
	request.SetBasicAuth(ca.Registrar, string(read(t, ca.RegistrarSecretFile)))
	caller := http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool(t, ca.TLSCAFile)}}}
	response, err := caller.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var answer struct {
		Result struct{ Cert []byte }
		Errors []any
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	certificate, err := identity.CertificateFromPEM(answer.Result.Cert)
	if err != nil {
		t.Fatalf("%s: %v: %v", response.Status, answer.Errors, err)
	}
	return certificate, key
}

func connect(
	t *testing.T, org topology.OrgProfile, certificate *x509.Certificate, key *ecdsa.PrivateKey,
) *client.Gateway {
	t.Helper()
	trust := credentials.NewClientTLSFromCert(pool(t, org.Gateway.TLSCAFile), org.Gateway.TLSHost)
	connection, err := grpc.NewClient(org.Gateway.Address, grpc.WithTransportCredentials(trust))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { connection.Close() })
	id, err := identity.NewX509Identity(org.MSPID, certificate)
	if err != nil {
		t.Fatal(err)
	}
	sign, err := identity.NewPrivateKeySign(key)
	if err != nil {
		t.Fatal(err)
	}
	gateway, err := client.Connect(
		id, client.WithSign(sign), client.WithHash(hash.SHA256), client.WithClientConnection(connection),
	)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { gateway.Close() })
	return gateway
}

func pool(t *testing.T, file string) *x509.CertPool {
	t.Helper()
	p := x509.NewCertPool()
	if !p.AppendCertsFromPEM(read(t, file)) {
		t.Fatalf("%s holds no certificate", file)
	}
	return p
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
