/** The twelve fields, and more than them, as a gateway of ours would name them; for the peers that take SDL. */
export const companySchema = `
  type Query {
    company(domain: String!): Company
  }
  type Company {
    id: ID!
    name: String
    domain: String
    website: String
    linkedin: String
    description: String
    tagline: String
    employeeCount: Int
    yearFounded: Int
    hqLocation: String
    companySize: String
    industries: [String!]
  }
`;
