package owner

// What tests of the room's answers name.
type (
	ActivationRequest = activationRequest
	ActivationAnswer  = activationAnswer
	OwnerRequest      = ownerRequest
)

var NewOwnerKey = newOwnerKey
