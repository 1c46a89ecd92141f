package enrol

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/asn1"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/url"
)

// The bodies of Fabric CA's REST interface (hyperledger/fabric-ca,
// swagger/swagger-fabric-ca.json), as far as they are used.
type (
	registration struct {
		ID             string      `json:"id"`
		Type           string      `json:"type"`
		Secret         string      `json:"secret"`
		MaxEnrollments int         `json:"max_enrollments"`
		Affiliation    string      `json:"affiliation"`
		Attributes     []attribute `json:"attrs"`
		CAName         string      `json:"caname"`
	}
	attribute struct {
		Name  string `json:"name"`
		Value string `json:"value"`
		ECert bool   `json:"ecert"` // in every certificate, asked for or not
	}
	certificateRequest struct {
		CSR    string `json:"certificate_request"`
		CAName string `json:"caname"`
	}
	enrolment struct {
		Cert []byte // base64 in JSON, PEM inside
	}
	answer struct {
		Success bool            `json:"success"`
		Result  json.RawMessage `json:"result"`
		Errors  []answerError   `json:"errors"`
	}
	answerError struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
	}
)

func (a *authority) certificateRequest(csr string) certificateRequest {
	return certificateRequest{csr, a.org.CA.Name}
}

// signer puts an authorization into a request that will have this body.
type signer func(r *http.Request, body []byte) error

func basic(name, secret string) signer {
	return func(r *http.Request, _ []byte) error { r.SetBasicAuth(name, secret); return nil }
}

// token is Fabric CA's own: the certificate, and a signature over method, URI,
// body and certificate, all in base64.
func token(c credential) signer {
	b64 := base64.StdEncoding.EncodeToString
	return func(r *http.Request, body []byte) error {
		cert := b64(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.cert.Raw}))
		payload := r.Method + "." + b64([]byte(r.URL.RequestURI())) + "." + b64(body) + "." + cert
		signature, err := sign(c.key, sha256.Sum256([]byte(payload)))
		r.Header.Set("Authorization", cert+"."+b64(signature))
		return err
	}
}

// sign gives the signature in the form with the smaller s, the only one that
// Fabric takes.
func sign(key *ecdsa.PrivateKey, digest [32]byte) ([]byte, error) {
	r, s, err := ecdsa.Sign(rand.Reader, key, digest[:])
	if err != nil {
		return nil, err
	}
	n := elliptic.P256().Params().N
	if s.Cmp(new(big.Int).Rsh(n, 1)) > 0 {
		s.Sub(n, s)
	}
	return asn1.Marshal(struct{ R, S *big.Int }{r, s})
}

const maxAnswer = 1 << 20

// call posts a body and reads the result into result, unless that is nil.
// Errors quote the CA and never a secret.
func (a *authority) call(ctx context.Context, path string, by signer, body, result any) error {
	content, err := json.Marshal(body)
	if err != nil {
		return err
	}
	at, err := url.JoinPath(a.org.CA.URL, path)
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, at, bytes.NewReader(content))
	if err != nil {
		return err
	}
	if err := by(r, content); err != nil {
		return err
	}
	response, err := a.client.Do(r)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return err
	}
	return readAnswer(path, response.Status, text, result)
}

func readAnswer(path, status string, text []byte, result any) error {
	var a answer
	if err := json.Unmarshal(text, &a); err != nil {
		return fmt.Errorf("%s: the CA answered %s, not in JSON", path, status)
	}
	if !a.Success {
		if len(a.Errors) == 0 {
			return fmt.Errorf("%s: the CA answered %s", path, status)
		}
		return fmt.Errorf("%s: the CA answered %s: %s (code %d)", path, status, a.Errors[0].Message, a.Errors[0].Code)
	}
	if result == nil {
		return nil
	}
	return json.Unmarshal(a.Result, result)
}
