import type { AccessBody, DocumentBody, MemberBody, PeopleBody, ShareLinkBody } from '../../shared/protocol/http.ts';
import type { Role } from '../../shared/protocol/roles.ts';
import { request } from '../app/api.ts';

export type { AccessBody, MemberBody, ShareLinkBody } from '../../shared/protocol/http.ts';
export type LinkAccess = DocumentBody['linkAccess'];
export type LinkRole = ShareLinkBody['role'];

export interface NewShareLink {
  role: LinkRole;
  /** For the list of the owners only. */
  name?: string;
  /** Milliseconds since 1970. */
  expiresAt?: number;
  password?: string;
}

/** Changes of one document's share links. They reject with ApiError. */
export interface LinkChanges {
  makeLink(link: NewShareLink): Promise<ShareLinkBody>;
  revoke(linkId: string): Promise<void>;
}

/** The access to a document; only for owners. */
export function readAccess(id: string): Promise<AccessBody> {
  return request('GET', `${pathOf(id)}/access`);
}

/** Somebody who could be added to a document. */
export type FoundPerson = PeopleBody['people'][number];

/** Who was in the document, or is in others of one's own, and is no member here; only for owners. `name`: a part of their name. */
export async function findPeople(id: string, name: string): Promise<readonly FoundPerson[]> {
  const query = name === '' ? '' : `?q=${encodeURIComponent(name)}`;
  const { people } = await request<PeopleBody>('GET', `${pathOf(id)}/people${query}`);
  return people;
}

/** Adds a member, or changes the role of one. */
export function setMember(id: string, userId: string, role: Role): Promise<MemberBody> {
  return request('PUT', `${pathOf(id)}/members/${encodeURIComponent(userId)}`, { role });
}

/** Removes the access that somebody has as a member and by share links. With one's own id: leaves the document. */
export async function removeMember(id: string, userId: string): Promise<void> {
  await request('DELETE', `${pathOf(id)}/members/${encodeURIComponent(userId)}`);
}

export function createLink(id: string, link: NewShareLink): Promise<ShareLinkBody> {
  return request('POST', `${pathOf(id)}/links`, link);
}

/** Ends at once the access of everybody who came by it. */
export async function revokeLink(id: string, linkId: string): Promise<void> {
  await request('DELETE', `${pathOf(id)}/links/${encodeURIComponent(linkId)}`);
}

/** Redeems a share link. The secret is sent in the body only. */
export async function redeemLink(id: string, secret: string, password?: string): Promise<void> {
  await request('POST', `${pathOf(id)}/links/redeem`, { secret, ...(password !== undefined && { password }) });
}

function pathOf(id: string): string {
  return `/api/documents/${encodeURIComponent(id)}`;
}
