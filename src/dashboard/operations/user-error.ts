/** Why a change was not made. */
export type UserError = { message: string; field: string[] | null };
