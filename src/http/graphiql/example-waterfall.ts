/** The tab with a waterfall; its people are `onlyApollo` and `partialAtFirmable` of the sandbox's samples. */
export const exampleWaterfall = `# Two people and a waterfall of three providers. The receipt lists every attempt.
# Only Apollo knows the first person. Firmable has no phone number for the second, so the next providers fill it in.
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
    ...Filled
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
    ...Filled
  }
}

fragment Filled on PersonResult {
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
