package wording

import (
	"encoding/json"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// Pseudo is a language that tests make up: English between ⟦ and ⟧. What a page says outside of
// these is in no catalogue.
const Pseudo = "en-XA"

var loaded []*Catalogue

// LearnPseudo teaches it to every catalogue of the program. Programs do not call it.
func LearnPseudo() error {
	for _, c := range loaded {
		content, err := json.Marshal(pseudo(c.tongues[English].messages))
		if err != nil {
			return err
		}
		if c.tongues[Pseudo], err = newTongue(Pseudo, content, c.beside...); err != nil {
			return err
		}
	}
	return nil
}

func pseudo(messages []*i18n.Message) map[string]map[string]string {
	all := map[string]map[string]string{}
	for _, m := range messages {
		forms := map[string]string{"other": "⟦" + m.Other + "⟧"}
		if m.One != "" {
			forms["one"] = "⟦" + m.One + "⟧"
		}
		all[m.ID] = forms
	}
	return all
}
