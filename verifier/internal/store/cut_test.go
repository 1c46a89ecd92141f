package store_test

import (
	"testing"

	"github.com/touchstone-trace/touchstone/verifier/program/database/databasetest"
)

// Every statement keeps its word where the connection breaks in its commit.
func TestAnswersCutOff(t *testing.T) { databasetest.RunCut(t, "AnswersCutOff|Pause|Stopped") }
