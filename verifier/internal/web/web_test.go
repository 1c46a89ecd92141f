package web_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
)

func TestMain(m *testing.M) {
	if err := serveRival(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(verifiertest.Main(m))
}
