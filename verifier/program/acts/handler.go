package acts

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// atOnce bounds how many acts are under way; each waits for its block.
const atOnce = 200

// Handler takes acts from those who have the key.
func Handler(key string, w Writer, log *slog.Logger) http.Handler {
	return guarded(key, func(answer http.ResponseWriter, r *http.Request) { take(answer, r, w, log) })
}

// guarded lets in those who have the key, some at one time.
func guarded(key string, h http.HandlerFunc) http.Handler {
	wanted, places := sha256.Sum256([]byte("Bearer "+key)), make(chan struct{}, atOnce)
	return http.HandlerFunc(func(answer http.ResponseWriter, r *http.Request) {
		given := sha256.Sum256([]byte(r.Header.Get("Authorization")))
		if subtle.ConstantTimeCompare(given[:], wanted[:]) != 1 {
			http.Error(answer, "not a verifier of this gateway", http.StatusUnauthorized)
			return
		}
		select {
		case places <- struct{}{}:
			defer func() { <-places }()
		default:
			http.Error(answer, "too many acts at once", http.StatusServiceUnavailable)
			return
		}
		h(answer, r)
	})
}

func take(answer http.ResponseWriter, r *http.Request, w Writer, log *slog.Logger) {
	var act Act
	err := json.NewDecoder(http.MaxBytesReader(answer, r.Body, maxBody)).Decode(&act)
	if err != nil {
		http.Error(answer, "the body must be an act, of at most 64 KiB", http.StatusBadRequest)
		return
	}
	request, err := act.read()
	var done Outcome
	if err == nil {
		done, err = w.Write(r.Context(), act.Transaction, request)
	}
	var refused *trace.Error
	switch {
	case errors.As(err, &refused):
		send(answer, http.StatusConflict, refused)
	case err != nil:
		log.Error("an owner's act is not written", "transaction", act.Transaction, "error", err)
		http.Error(answer, "nothing was written", http.StatusServiceUnavailable)
	default:
		send(answer, http.StatusOK, done)
	}
}

func send(answer http.ResponseWriter, status int, body any) {
	answer.Header().Set("Content-Type", "application/json")
	answer.WriteHeader(status)
	_ = json.NewEncoder(answer).Encode(body) // who does not read it asks again
}
