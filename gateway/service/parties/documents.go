package parties

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"path"
	"strings"
	"unicode"

	"github.com/touchstone-trace/touchstone/gateway/documents"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/verifier/program/share"
	"github.com/touchstone-trace/touchstone/verifier/rules/photo"
)

// Documents keeps parties' documents, sealed.
type Documents interface {
	// SaveDocument gives no id where the party would have more than it may.
	SaveDocument(ctx context.Context, d record.Document, most, mostBytes int64) (id string, err error)
	Document(ctx context.Context, id string) (record.Document, bool, error)
	HasDocument(ctx context.Context, party, sha256 string) (bool, error)
	DocumentsOf(ctx context.Context, party string, hashes []string) ([]record.DocumentEntry, error)
}

// Box seals what is kept for parties; a label ties a thing to its place.
type Box interface {
	Seal(label string, plain []byte) []byte
	Open(label string, sealed []byte) ([]byte, error)
}

// Upload is a file as it was sent. Declared is the type that its sender claims.
type Upload struct {
	Name, Declared string
	Content        []byte
}

// DocumentKept says under which id and SHA-256 a document is kept.
type DocumentKept struct {
	ID          string `json:"id"`
	SHA256      string `json:"sha256"`
	ContentType string `json:"contentType"`
	Size        int64  `json:"size"`
}

// DocumentFile is a document to read.
type DocumentFile struct {
	ContentType, Name string
	Content           []byte
}

// MaxDocument is the largest document that is taken, in bytes.
const MaxDocument = documents.MaxSize

// How much a party may keep here.
const (
	maxDocuments     = 500
	maxDocumentBytes = 1 << 30
)

// Upload keeps a document of the caller's party. Errors: DOCUMENT_TYPE,
// DOCUMENT_SIZE.
func (s *Service) Upload(ctx context.Context, c service.Caller, u Upload) (DocumentKept, error) {
	var kind string
	err := s.Decoding.Do(ctx, c.Party, photo.Weigh(u.Content), func() (err error) {
		kind, err = documents.Detect(u.Name, u.Declared, u.Content)
		return err
	})
	if errors.Is(err, share.ErrNever) {
		err = service.Refuse(documents.DocumentSize, "file", "picture_pixels")
	}
	if err != nil {
		return DocumentKept{}, err
	}
	size := int64(len(u.Content))
	hash := sha256.Sum256(u.Content)
	id := strings.ToLower(rand.Text())
	id, err = s.Documents.SaveDocument(ctx, record.Document{
		ID:          id,
		Party:       c.Party,
		SHA256:      hash,
		ContentType: kind,
		Name:        fileName(u.Name),
		Size:        size,
		Content:     s.Box.Seal(documentLabel(c.Party, hash), u.Content),
		Account:     c.Account,
	}, maxDocuments, maxDocumentBytes)
	if err == nil && id == "" {
		err = service.Refuse(documents.DocumentSize, "file", "most_documents", "most", maxDocuments)
	}
	return DocumentKept{ID: id, SHA256: hex.EncodeToString(hash[:]), ContentType: kind, Size: size}, err
}

func documentLabel(party string, hash [32]byte) string {
	return "document " + party + " " + hex.EncodeToString(hash[:])
}

const maxFileName = 100

// fileName keeps of a name what is harmless to give back.
func fileName(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(" ._-()", r) {
			return r
		}
		return '_'
	}, path.Base(strings.ReplaceAll(name, `\`, "/")))
	if runes := []rune(name); len(runes) > maxFileName {
		name = string(runes[len(runes)-maxFileName:])
	}
	return strings.TrimLeft(name, ".")
}

// ListDocuments lists what a party has given, to itself and to those who see
// all: what an application names by its SHA-256 is found so.
func (s *Service) ListDocuments(
	ctx context.Context, c service.Caller, party string, hashes []string,
) ([]record.DocumentEntry, error) {
	if party == "" {
		party = c.Party
	}
	if _, err := s.Party(ctx, c, party); err != nil {
		return nil, err
	}
	return s.Documents.DocumentsOf(ctx, party, hashes)
}

// Document gives a document to its owner and to those who see all; every look
// by another is in the audit log before it is answered.
func (s *Service) Document(ctx context.Context, c service.Caller, id string) (DocumentFile, error) {
	d, ok, err := s.Documents.Document(ctx, id)
	if d, err = service.Found(d, ok && (c.SeesAll() || d.Party == c.Party), err)(
		service.DocumentUnknown, "id", id,
	); err != nil {
		return DocumentFile{}, err
	}
	if err := s.Writer.Audit(ctx, c, "document_read", map[string]string{"document": id, "party": d.Party}); err != nil {
		return DocumentFile{}, err
	}
	content, err := s.Box.Open(documentLabel(d.Party, d.SHA256), d.Content)
	return DocumentFile{ContentType: d.ContentType, Name: d.Name, Content: content}, err
}
