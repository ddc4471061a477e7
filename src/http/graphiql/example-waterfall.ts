/** The tab that shows a waterfall at work; its people are `onlyApollo` and `partialAtFirmable` of the sandbox's samples. */
export const exampleWaterfall = `# Two people and a fallback: each provider is tried in turn, and every attempt is on the receipt.
# The first is unknown to all but Apollo; of the second Firmable has no number, so the others fill it in.
query Waterfall {
  knownToOne: person(
    by: { linkedin: "dario-fennimore-fennimore" }
    options: {
      workflow: "first-steps"
      waterfall: [
        { provider: FIRMABLE }
        { provider: PEOPLE_DATA_LABS }
        { provider: APOLLO, require: [PHONE] }
      ]
    }
  ) {
    ...WhoHadWhat
  }
  filledIn: person(
    by: { linkedin: "dev-iyer-101d" }
    options: {
      workflow: "first-steps"
      waterfall: [
        { provider: FIRMABLE, require: [PHONE] }
        { provider: PEOPLE_DATA_LABS, require: [PHONE] }
        { provider: APOLLO, require: [PHONE] }
      ]
    }
  ) {
    ...WhoHadWhat
  }
}

fragment WhoHadWhat on PersonAnswer {
  outcome
  person {
    name
    position
    phones {
      number
    }
    sources {
      field
      provider
    }
  }
  receipt {
    creditsCharged
    attempts {
      step
      provider
      outcome
      creditsCharged
      reason
    }
  }
  problem {
    code
    message
  }
}
`;
