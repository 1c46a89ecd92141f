package historytest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"errors"
	"math/big"
	"testing"

	"github.com/hyperledger/fabric-chaincode-go/v2/pkg/attrmgr"
	"github.com/hyperledger/fabric-protos-go-apiv2/msp"
	"google.golang.org/protobuf/proto"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Creator is an identity with a certificate as Fabric CA makes them; that of "platform" is an operator's.
func Creator(t testing.TB, mspID, name string) []byte {
	t.Helper()
	attributes := map[string]string{}
	if name == "platform" {
		attributes[trace.PlatformAttribute] = "true"
	}
	value, err := json.Marshal(map[string]any{"attrs": attributes})
	key, err2 := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err := errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber:    big.NewInt(1),
		Subject:         pkix.Name{CommonName: name},
		ExtraExtensions: []pkix.Extension{{Id: attrmgr.AttrOID, Value: value}},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	id, err := proto.Marshal(
		&msp.SerializedIdentity{Mspid: mspID, IdBytes: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})},
	)
	if err != nil {
		t.Fatal(err)
	}
	return id
}
