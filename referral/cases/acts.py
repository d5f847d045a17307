"""What a team does next in a case, in plain words."""

ACTS = {
    "see": "See them",
    "assess": "Assess",
    "hand_off": "Hand to a service, or close",
    "chase": "Chase the service's answer",
    "follow_up": "Follow up",
    "answer": "Answer the service's question",
}
