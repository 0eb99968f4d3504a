import type { Organization } from "../model/account";

/**
 * Where a resource stands: the provider's own region goes without saying, so that the inputs of what was there before do not
 * change. All regions go through one provider, and with it by its refusal of other accounts.
 */
export const regionProperty = (
  { region: home }: Organization,
  region: string,
): { readonly region?: string } => (region === home ? {} : { region });
