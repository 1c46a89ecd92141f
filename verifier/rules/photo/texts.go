package photo

import (
	"embed"
	"errors"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
)

//go:embed texts
var textFiles embed.FS

// texts are what the package says to people, see wording.Catalogue.
var texts = wording.MustLoad(textFiles, "texts")

var refuse = trace.RefusalsOf("photo", texts).Because

// Refused says to whom sent a photo what is wrong with it, by a code of the caller's; another error stays as it is.
func Refused(code trace.Code, field string, err error) error {
	switch {
	case errors.Is(err, ErrTooLarge):
		return refuse(code, field, "too_large", "bytes", MaxBytes>>20, "pixels", maxPixels/1_000_000)
	case errors.Is(err, ErrNotPhoto):
		return refuse(code, field, "no_photo")
	}
	return err
}
