package owner

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// Words are what the owner's scripts say, for the pages that load them.
type Words struct{ lang string }

// WordsIn gives them in a language.
func WordsIn(lang string) Words { return Words{lang} }

// QRScript draws QR codes on the phone.
func (Words) QRScript() string { return QRScript.Path }

// OwnerSays gives the texts that the owner's scripts show, in the reader's
// language, as JSON.
func (w Words) OwnerSays() (string, error) {
	all := map[string]string{}
	for name, text := range ownerSays {
		all[name] = text.In(w.lang)
	}
	b, err := trace.Marshal(all)
	return string(b), err
}

// Says gives one of the scripts' texts to a page that works without them.
func (w Words) Says(name string) string { return ownerSays[name].In(w.lang) }
