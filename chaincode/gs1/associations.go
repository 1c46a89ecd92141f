package gs1

import (
	"fmt"
	"strings"
)

// CheckAssociations checks that the AIs of a message go together (General Specifications 4.14): no AI twice with
// different values, none beside one that it excludes, and none without those that it requires. Where an item carries
// several barcodes, the rule holds for all of them together, so the caller joins their elements first.
func (es Elements) CheckAssociations() error {
	seen := map[string]string{}
	for _, e := range es {
		if value, repeated := seen[e.AI]; repeated && value != e.Value {
			return fault(ErrAssociation, "AI ("+e.AI+")", "appears twice with different values")
		}
		seen[e.AI] = e.Value
	}
	for _, e := range es {
		if known := dictionary().entries[e.AI]; known != nil {
			if err := known.checkNeighbours(seen); err != nil {
				return err
			}
		}
	}
	return nil
}

func (e *entry) checkNeighbours(present map[string]string) error {
	for _, patterns := range e.excludes {
		for _, pattern := range patterns {
			if e.matchesAny(pattern, present) {
				return fault(ErrAssociation, e.field(), fmt.Sprintf("must not stand beside AI (%s)", pattern))
			}
		}
	}
	for _, alternatives := range e.requires {
		if !e.anySatisfied(alternatives, present) {
			return fault(ErrAssociation, e.field(), "needs beside it one of "+strings.Join(alternatives, ", "))
		}
	}
	return nil
}

// anySatisfied tells whether one alternative, such as "01+21", is wholly present.
func (e *entry) anySatisfied(alternatives []string, present map[string]string) bool {
	for _, alternative := range alternatives {
		satisfied := true
		for pattern := range strings.SplitSeq(alternative, "+") {
			satisfied = satisfied && e.matchesAny(pattern, present)
		}
		if satisfied {
			return true
		}
	}
	return false
}

// matchesAny tells whether an AI other than the entry's own matches a pattern such as "31nn".
func (e *entry) matchesAny(pattern string, present map[string]string) bool {
	prefix := strings.TrimRight(pattern, "n")
	if prefix == pattern {
		_, found := present[pattern]
		return found && pattern != e.ai
	}
	for ai := range present {
		if ai != e.ai && len(ai) == len(pattern) && strings.HasPrefix(ai, prefix) {
			return true
		}
	}
	return false
}
