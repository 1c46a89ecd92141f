package store_test

import (
	"testing"

	"github.com/touchstone-trace/touchstone/gateway/store/storetest"
)

// Every statement keeps its word where the connection breaks in its commit.
func TestAnswersCutOff(t *testing.T) { storetest.RunCut(t, "AnswersCutOff|Leader|Pause|Own") }
