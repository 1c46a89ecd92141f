package shop

// What tests of the room's answers name.
type (
	ReviewAnswer = reviewAnswer
	RelatedItem  = relatedItem
)
